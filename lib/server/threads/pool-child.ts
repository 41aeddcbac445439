import { type ChildProcess, fork } from "node:child_process";
import { getPriority, setPriority } from "node:os";
import { InkformError } from "../../core/inkform-error.ts";
import { heapFlags } from "./heap-flags.ts";
import { processCpuMs } from "./process-cpu-ms.ts";
import type { ProcessPoolOptions } from "./process-pool-options.ts";
import type { FromChild, TaskAnswer, ToChild } from "./task-protocol.ts";

const SILENCE_MS = 120_000;
/** What starting a process may take, at least: a busy machine has needed several seconds, and a process that starts does not hang. */
const START_MS = 60_000;
const LEAST_PRIORITY = 19;
/** From a cancel to the kill. */
const GRACE_MS = 10_000;

/**
 * For glibc's allocator, others take no notice: large pictures' memory goes back to the system when they are done with, and threads do not each
 * keep some of their own. A page of 9 MB is no large one: its memory is used again for the next page, else the system would clear 2,000 pages of
 * memory for each.
 */
const MALLOC = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "16777216", MALLOC_TRIM_THRESHOLD_: "33554432" } as const;

/** One child process of a pool. */
export interface PoolChild {
  readonly exited: Promise<void>;
  alive(): boolean;
  run(input: unknown, signal: AbortSignal | undefined): AsyncGenerator<unknown, void, void>;
  /** No task now: end it after `idleMs` unless `run` comes before. */
  rest(idleMs: number): void;
  kill(): Promise<void>;
}

/** Starts `options.entry` as a process with its own memory cap and a low priority. */
export function startChild(options: ProcessPoolOptions): PoolChild {
  const child = fork(options.entry, [], {
    serialization: "advanced",
    execArgv: heapFlags(options),
    stdio: ["ignore", "inherit", "pipe", "ipc"],
    env: { ...MALLOC, ...process.env, ...options.env },
  });
  lowerPriority(child, options.niceness ?? 10);
  let lastWords = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    process.stderr.write(chunk);
    lastWords = (lastWords + chunk.toString("utf8")).slice(-4000);
  });
  let idleTimer: NodeJS.Timeout | undefined;
  let nextTask = 0;
  let failure: string | null = null;
  let ready = false;
  child.on("message", (message: FromChild) => {
    if (message.type === "ready") ready = true;
  });
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      clearTimeout(idleTimer);
      failure ??= signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      resolve();
    });
    child.on("error", (error) => {
      const first = failure === null;
      failure ??= error.message;
      // One that never started has no exit; one that runs is gone only when it says so.
      if (child.pid === undefined) resolve();
      else if (first) child.kill("SIGKILL");
    });
  });
  const alive = (): boolean => failure === null && child.connected;
  const kill = async (): Promise<void> => {
    // A resting child does not hold the process: without this a command line would end while it waits here.
    child.ref();
    clearTimeout(idleTimer);
    child.kill("SIGKILL");
    await exited;
  };
  const send = (message: ToChild): void => {
    if (child.connected) child.send(message, () => {});
  };

  if (options.common !== undefined) send({ type: "common", value: options.common });

  async function* run(input: unknown, signal: AbortSignal | undefined): AsyncGenerator<unknown, void, void> {
    clearTimeout(idleTimer);
    child.ref();
    child.channel?.ref();
    const task = nextTask++;
    const inbox: TaskAnswer[] = [];
    let wake: () => void = () => {};
    // Counted in ticks of ours, not by the clock: after a suspended laptop wakes, or where this process itself did not get on, the clock blames the child.
    let silentMs = 0;
    let busyFromMs: number | null = null;
    let hung: Hung | null = null;
    // The caller works on a message: the child waits for it, and is not to blame.
    let held = false;
    let ended = false;
    const gotOn = (): void => {
      silentMs = 0;
      busyFromMs = null;
    };
    const onMessage = (message: FromChild): void => {
      gotOn();
      if (message.type === "ready" || message.type === "alive" || message.task !== task) return;
      inbox.push(message);
      wake();
    };
    const onExit = (): void => wake();
    const silenceMs = options.silenceMs ?? SILENCE_MS;
    const tickMs = Math.min(1000, silenceMs, options.busyMs ?? 1000);
    const watchdog = setInterval(() => {
      if (held || inbox.length > 0) return;
      silentMs += tickMs;
      if (silentMs >= (ready ? silenceMs : Math.max(silenceMs, START_MS))) hung = { ms: silenceMs, of: "" };
      const cpuMs = ready && options.busyMs !== undefined && child.pid !== undefined ? processCpuMs(child.pid) : null;
      busyFromMs ??= cpuMs;
      if (cpuMs !== null && busyFromMs !== null && cpuMs - busyFromMs >= options.busyMs!)
        hung = { ms: options.busyMs!, of: " of processor time" };
      if (hung !== null) child.kill("SIGKILL");
    }, tickMs);
    let killTimer: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      send({ type: "cancel", task });
      killTimer ??= setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    };
    child.on("message", onMessage);
    void exited.then(onExit);
    signal?.addEventListener("abort", onAbort);
    try {
      send({ type: "task", task, input });
      if (signal?.aborted) onAbort();
      while (true) {
        const message = inbox.shift();
        if (message === undefined) {
          if (!alive()) throw explain(options, { failure: failure ?? "ended", hung, cancelled: signal?.aborted === true, lastWords });
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (inbox.length > 0 || failure !== null) resolve();
          });
          continue;
        }
        if (message.type === "message") {
          held = true;
          yield message.value;
          held = false;
          gotOn();
          send({ type: "taken", task });
          continue;
        }
        ended = true;
        if (message.type === "done") return;
        throw new InkformError(message.code, message.message, message.stack);
      }
    } finally {
      clearInterval(watchdog);
      signal?.removeEventListener("abort", onAbort);
      // The caller left the loop early, or we threw: what the child still does must not reach the next task.
      if (!ended && alive()) await cancelAndWait();
      clearTimeout(killTimer);
      child.off("message", onMessage);
    }

    /** Cancels, and waits for the task's end; kills where that takes too long. */
    async function cancelAndWait(): Promise<void> {
      onAbort();
      const isEnd = (message: TaskAnswer): boolean => message.task === task && message.type !== "message";
      while (alive() && !inbox.some(isEnd))
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (inbox.some(isEnd) || failure !== null) resolve();
        });
    }
  }

  return {
    exited,
    alive,
    run,
    rest(idleMs) {
      child.unref();
      child.channel?.unref();
      // Its end may have closed the channel before we hear of the end itself.
      idleTimer = setTimeout(() => child.connected && child.disconnect(), idleMs);
      idleTimer.unref();
    },
    kill,
  };
}

function lowerPriority(child: ChildProcess, niceness: number): void {
  if (child.pid === undefined) return;
  try {
    // Lower than ours, too, where we were started with a low one.
    setPriority(child.pid, Math.min(LEAST_PRIORITY, Math.max(niceness, getPriority() + 1)));
  } catch {
    // Not allowed here, or the child is gone already: then it runs as the server does.
  }
}

/** For how long a task did not get on; of which time. */
interface Hung {
  readonly ms: number;
  readonly of: "" | " of processor time";
}

function explain(
  options: ProcessPoolOptions,
  state: { failure: string; hung: Hung | null; cancelled: boolean; lastWords: string },
): InkformError {
  if (state.cancelled) return new InkformError("unavailable", `The ${options.name} was stopped.`);
  if (state.hung)
    return new InkformError(
      "unavailable",
      `The ${options.name} did not get on for ${Math.round(state.hung.ms / 1000)} s${state.hung.of} and was ended. Nothing else was disturbed.`,
    );
  if (/heap out of memory|Allocation failed/i.test(state.lastWords))
    return new InkformError(
      "unavailable",
      `The ${options.name} needed more memory than it may have and was ended. Nothing else was disturbed.`,
      state.lastWords,
    );
  return new InkformError(
    "unavailable",
    `The process for ${options.name} ${state.failure} before it was through. Nothing else was disturbed.`,
    state.lastWords,
  );
}
