import type { Database } from "../db/database.ts";

/** How long a job is a process's own without a heartbeat. */
const LEASE_SECONDS = 20;
/** A job whose process died this often without any progress is given up: it may be what kills it. */
const MAX_INTERRUPTIONS = 10;

/** Not `now()`: a clock that is set back afterwards would have the job wait until it has caught up. */
const DUE_AT_ONCE = `"runAfter" = to_timestamp(0)`;

export interface ClaimedJob {
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly payload: unknown;
  readonly attempts: number;
  readonly maxAttempts: number;
}

/** The job rows as a queue, seen by one worker. Times are the database's own, so that servers' clocks need not agree. */
export interface Queue {
  /** The oldest job that is due, now ours; null if none. Two workers never get the same one (FOR UPDATE SKIP LOCKED). */
  claim(kinds: readonly string[]): Promise<ClaimedJob | null>;
  /** Puts running jobs of all workers back: for a start on a database that only we can have open. */
  reclaimAll(): Promise<void>;
  /** Puts running jobs back whose lease is over. */
  reclaimExpired(): Promise<void>;
  /** @returns the ids among `ids` that are still ours, their lease renewed. */
  heartbeat(ids: readonly string[]): Promise<string[]>;
  stopRequests(ids: readonly string[]): Promise<string[]>;
  /** The fraction never falls: a try that begins anew shows how far an earlier one came, and only what goes beyond that counts as progress. */
  progress(id: string, fraction: number, message: string): Promise<void>;
  end(id: string, state: "done" | "failed" | "stopped", failure: string | null): Promise<void>;
  retryLater(id: string, seconds: number, message: string): Promise<void>;
  /** Back into the queue at a shutdown; the try does not count. */
  release(id: string): Promise<void>;
}

// Every statement below names the worker in its WHERE, so that one who lost the lease changes nothing.
export function createQueue(database: Pick<Database, "query">, workerId: string): Queue {
  const run = async <Row = unknown>(sql: string, ...parameters: unknown[]): Promise<Row[]> => database.query<Row>(sql, parameters);
  const reclaim = (condition: string): Promise<unknown> =>
    run(`UPDATE "Job" SET
        "state" = (CASE WHEN "interruptions" + 1 >= ${MAX_INTERRUPTIONS} THEN 'failed' ELSE 'queued' END)::"JobState",
        "failure" = CASE WHEN "interruptions" + 1 >= ${MAX_INTERRUPTIONS}
          THEN 'The program ended ${MAX_INTERRUPTIONS} times while it worked on this, without any progress. What was stored before is safe. Try again; if it repeats, the log says more.' END,
        "finishedAt" = CASE WHEN "interruptions" + 1 >= ${MAX_INTERRUPTIONS} THEN now() END,
        "interruptions" = "interruptions" + 1, "attempts" = greatest("attempts" - 1, 0), ${DUE_AT_ONCE}, "workerId" = NULL, "leaseUntil" = NULL
      WHERE "state" = 'running' AND ${condition}`);
  return {
    async claim(kinds) {
      const rows = await run<ClaimedJob>(
        `UPDATE "Job" SET "state" = 'running', "workerId" = $1, "leaseUntil" = now() + interval '${LEASE_SECONDS} seconds',
          "attempts" = "attempts" + 1, "startedAt" = coalesce("startedAt", now())
        WHERE "id" = (SELECT "id" FROM "Job" WHERE "state" = 'queued' AND "kind" = ANY($2) AND "runAfter" <= now()
          ORDER BY "id" LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING "id", "kind", "version", "payload", "attempts", "maxAttempts"`,
        workerId,
        kinds,
      );
      return rows[0] ?? null;
    },
    async reclaimAll() {
      await reclaim("true");
    },
    async reclaimExpired() {
      await reclaim(`"leaseUntil" < now()`);
    },
    async heartbeat(ids) {
      if (ids.length === 0) return [];
      const rows = await run<{ id: string }>(
        `UPDATE "Job" SET "leaseUntil" = now() + interval '${LEASE_SECONDS} seconds'
        WHERE "id" = ANY($1) AND "workerId" = $2 AND "state" = 'running' RETURNING "id"`,
        ids,
        workerId,
      );
      return rows.map(({ id }) => id);
    },
    async stopRequests(ids) {
      const rows = await run<{ id: string }>(`SELECT "id" FROM "Job" WHERE "id" = ANY($1) AND "stopRequested"`, ids);
      return rows.map(({ id }) => id);
    },
    async progress(id, fraction, message) {
      await run(
        `UPDATE "Job" SET "fraction" = greatest("fraction", $3), "message" = $4,
          "interruptions" = CASE WHEN $3 > "fraction" THEN 0 ELSE "interruptions" END
        WHERE "id" = $1 AND "workerId" = $2 AND "state" = 'running'`,
        id,
        workerId,
        fraction,
        message,
      );
    },
    async end(id, state, failure) {
      await run(
        `UPDATE "Job" SET "state" = $3::"JobState", "failure" = $4, "finishedAt" = now(), "workerId" = NULL, "leaseUntil" = NULL,
          "fraction" = CASE WHEN $3 = 'done' THEN 1 ELSE "fraction" END
        WHERE "id" = $1 AND "workerId" = $2 AND "state" = 'running'`,
        id,
        workerId,
        state,
        failure,
      );
    },
    async retryLater(id, seconds, message) {
      await run(
        `UPDATE "Job" SET "state" = 'queued', "runAfter" = now() + make_interval(secs => $3), "message" = $4, "workerId" = NULL, "leaseUntil" = NULL
        WHERE "id" = $1 AND "workerId" = $2 AND "state" = 'running'`,
        id,
        workerId,
        seconds,
        message,
      );
    },
    async release(id) {
      await run(
        `UPDATE "Job" SET "state" = 'queued', "attempts" = greatest("attempts" - 1, 0), ${DUE_AT_ONCE}, "workerId" = NULL, "leaseUntil" = NULL
        WHERE "id" = $1 AND "workerId" = $2 AND "state" = 'running'`,
        id,
        workerId,
      );
    },
  };
}
