import { randomUUID } from "node:crypto";
import { type ErrorCode, InkformError } from "../../core/inkform-error.ts";
import type { Database } from "../db/database.ts";
import { LANES, type Lane } from "./job-definition.ts";
import type { JobRegistration } from "./job-handler.ts";
import { type ClaimedJob, createQueue, type Queue } from "./queue.ts";

/** Between two looks at the queue and at stop requests. `wake` makes them at once. */
const POLL_MS = 1000;
const HEARTBEAT_MS = 5000;
/** Between two writes of a job's progress. */
const PROGRESS_MS = 500;
/** How long a shutdown waits for handlers to let go. */
const SHUTDOWN_MS = 8000;

const FINAL_CODES: ReadonlySet<ErrorCode> = new Set([
  "invalid-argument",
  "invalid-file",
  "unsupported-file",
  "too-large",
  "not-found",
  "conflict",
]);

/** The runner of one process. */
export interface JobRunner {
  /** Takes over what a dead process left and begins. */
  start(): Promise<void>;
  /** Looks at the queue and at stop requests now. Call after a commit that enqueued or asked for a stop. */
  wake(): void;
  /** Claims no more, tells the running handlers ("shutdown"), and puts their jobs back into the queue. */
  shutdown(): Promise<void>;
}

interface RunningJob {
  readonly job: ClaimedJob;
  readonly lane: Lane;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

/** Runs the jobs of `registrations` from the database's queue, each lane up to its number at once. */
export function createJobRunner(options: {
  database: Database;
  registrations: readonly JobRegistration[];
  lanes?: Readonly<Record<Lane, number>>;
  log?: (message: string, error?: unknown) => void;
}): JobRunner {
  const { database, registrations, lanes = LANES, log = (message, error) => console.error(`inkform: ${message}`, error ?? "") } = options;
  const queue = createQueue(database, randomUUID());
  const byKind = new Map(registrations.map((registration) => [registration.definition.kind, registration]));
  const running = new Map<string, RunningJob>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let lookAgain = false;
  let closed = false;
  // Not by the clock, which may be set back: leases would run out meanwhile.
  let lastHeartbeat = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<void> => {
    if (performance.now() - lastHeartbeat > HEARTBEAT_MS) {
      lastHeartbeat = performance.now();
      // Our own leases first: after the machine slept they are over, but the jobs are ours as long as nobody else has taken them.
      const asked = [...running.keys()];
      const mine = new Set(await queue.heartbeat(asked));
      for (const id of asked) if (!mine.has(id)) running.get(id)?.abort.abort("lost");
      await queue.reclaimExpired();
    }
    if (running.size > 0) for (const id of await queue.stopRequests([...running.keys()])) running.get(id)?.abort.abort("stop");
    while (!closed) {
      const free = registrations.filter(({ definition: { lane } }) => inLane(lane) < lanes[lane]);
      if (free.length === 0) return;
      const job = await queue.claim(free.map(({ definition }) => definition.kind));
      if (job === null) return;
      begin(job);
    }
  };
  const inLane = (lane: Lane): number => [...running.values()].filter((entry) => entry.lane === lane).length;

  const begin = (job: ClaimedJob): void => {
    const registration = byKind.get(job.kind);
    if (registration === undefined) throw new InkformError("internal", `a job of kind ${job.kind} was claimed without a handler`);
    const abort = new AbortController();
    const ended = runJob(queue, registration, job, abort.signal, log).finally(() => {
      running.delete(job.id);
      wake();
    });
    running.set(job.id, { job, lane: registration.definition.lane, abort, ended });
  };

  const wake = (): void => {
    if (closed) return;
    if (looking !== undefined) {
      lookAgain = true;
      return;
    }
    clearTimeout(timer);
    looking = look()
      .catch((error: unknown) => log("the job queue could not be looked at; trying again", error))
      .finally(() => {
        looking = undefined;
        if (closed) return;
        if (lookAgain) {
          lookAgain = false;
          wake();
        } else {
          timer = setTimeout(wake, POLL_MS);
          timer.unref();
        }
      });
  };

  return {
    async start() {
      // On the embedded database nobody else can be alive: its folder is locked by us.
      if (database.kind === "embedded") await queue.reclaimAll();
      wake();
    },
    wake,
    async shutdown() {
      closed = true;
      clearTimeout(timer);
      await looking;
      for (const { abort } of running.values()) abort.abort("shutdown");
      let deadline: NodeJS.Timeout | undefined;
      const tooLong = new Promise<void>((resolve) => {
        deadline = setTimeout(resolve, SHUTDOWN_MS);
      });
      await Promise.race([Promise.all([...running.values()].map(({ ended }) => ended)), tooLong]);
      clearTimeout(deadline);
      for (const id of running.keys()) await queue.release(id);
    },
  };
}

async function runJob(
  queue: Queue,
  { definition, run }: JobRegistration,
  job: ClaimedJob,
  signal: AbortSignal,
  log: (message: string, error?: unknown) => void,
): Promise<void> {
  const progress = createProgressWriter((fraction, message) => queue.progress(job.id, fraction, message));
  try {
    let failure: unknown;
    let failed = false;
    try {
      if (job.version !== definition.version)
        throw new InkformError(
          "conflict",
          `This was queued by another version of the program (${job.kind} ${job.version}; this one does ${definition.version}). Start it anew.`,
        );
      await run({ jobId: job.id, payload: job.payload, attempt: job.attempts, signal, progress: progress.set });
    } catch (error) {
      failed = true;
      failure = error;
    }
    await progress.flush();
    if (signal.aborted && signal.reason === "lost") return;
    if (signal.aborted && signal.reason === "stop") return await queue.end(job.id, "stopped", null);
    // Also after a normal return: a handler that was told to let go may have left its work half done, and may run again anyway.
    if (signal.aborted) return await queue.release(job.id);
    if (!failed) return await queue.end(job.id, "done", null);
    const known = failure instanceof InkformError && failure.code !== "internal" ? failure : null;
    if (known === null) log(`job ${job.kind} ${job.id} failed at try ${job.attempts}`, failure);
    const text = known?.message ?? "Something went wrong inside the program; its log says more. What was stored before is safe. Try again.";
    const final = job.attempts >= job.maxAttempts || (known !== null && FINAL_CODES.has(known.code));
    if (final) await queue.end(job.id, "failed", text);
    else await queue.retryLater(job.id, 2 ** (job.attempts - 1), text);
  } catch (error) {
    // The database did not answer. The row stays "running" and is taken over when its lease is over.
    log(`the end of job ${job.kind} ${job.id} could not be recorded`, error);
  }
}

/** Writes at most every `PROGRESS_MS`, never two at once, the newest value last. */
function createProgressWriter(write: (fraction: number, message: string) => Promise<void>) {
  let pending: { fraction: number; message: string } | null = null;
  let writing: Promise<void> | null = null;
  let last = Number.NEGATIVE_INFINITY;
  const pump = async (force: boolean): Promise<void> => {
    while (pending !== null && (force || performance.now() - last >= PROGRESS_MS)) {
      const { fraction, message } = pending;
      pending = null;
      last = performance.now();
      await write(fraction, message).catch(() => {});
    }
  };
  return {
    set(fraction: number, message: string): void {
      pending = { fraction: Math.min(1, Math.max(0, fraction)), message: message.slice(0, 500) };
      writing ??= pump(false).finally(() => {
        writing = null;
      });
    },
    async flush(): Promise<void> {
      await writing;
      await pump(true);
    },
  };
}
