import type { z } from "zod";

/** What a job is, apart from what does it. A service enqueues by this; only the runtime knows the handlers. */
export interface JobDefinition<Payload = unknown> {
  readonly kind: string;
  /** Raised when the payload's meaning changes; a job of another version fails with a clear message. */
  readonly version: number;
  readonly payload: z.ZodType<Payload>;
  /** How often it is tried in all before it counts as failed. */
  readonly maxAttempts: number;
  /** Jobs of one lane run one after another, up to the lane's number at once: `LANES`. */
  readonly lane: Lane;
}

export type Lane = "read" | "train" | "light";

/** How many jobs of a lane run at once in one server. */
export const LANES: Readonly<Record<Lane, number>> = { read: 1, train: 1, light: 1 };

/** Names a job: `const readScan = defineJob({ kind: "read-scan", version: 1, payload: z.object({ scanId }), maxAttempts: 3, lane: "read" })`. */
export function defineJob<Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> {
  return Object.freeze(definition);
}
