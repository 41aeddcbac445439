import type { Tx } from "../db/database.ts";
import { newId } from "../db/new-id.ts";
import { toJson } from "../db/to-json.ts";
import type { JobDefinition } from "./job-definition.ts";

/**
 * Puts a job into the queue inside the caller's transaction: it exists if and only if that commits. Call `runtime.jobs.wake()` afterwards to have it start
 * at once rather than within a second.
 * @returns the job's id.
 */
export async function enqueueJob<Payload>(tx: Tx, definition: JobDefinition<Payload>, payload: Payload): Promise<string> {
  const id = newId();
  await tx.job.create({
    data: {
      id,
      kind: definition.kind,
      version: definition.version,
      payload: toJson(definition.payload.parse(payload)),
      maxAttempts: definition.maxAttempts,
      // Due at once, whatever our clock and the database's say.
      runAfter: new Date(0),
    },
  });
  return id;
}
