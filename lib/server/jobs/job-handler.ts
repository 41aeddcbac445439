import type { JobDefinition } from "./job-definition.ts";

/** What a handler is given. */
export interface JobContext<Payload> {
  readonly jobId: string;
  readonly payload: Payload;
  /** 1 at the first try. */
  readonly attempt: number;
  /**
   * Aborted when a stop was asked for (`signal.reason` is "stop"), when the server shuts down ("shutdown": return or throw soon, the job goes back to the queue), or when
   * the lease was lost ("lost").
   */
  readonly signal: AbortSignal;
  /** Shows how far it is; written to the database at most twice a second. `fraction` in [0, 1]. */
  progress(fraction: number, message: string): void;
}

/**
 * Does a job. It may run again after a kill at any point, so it looks at what is there already. To end as "stopped" after a stop request, return normally or
 * throw; an InkformError's message is shown to the user, any other error as an internal one after `maxAttempts` tries.
 * An InkformError of code invalid-argument, invalid-file, unsupported-file, too-large, not-found or conflict is final: trying again would not help.
 */
export type JobHandler<Payload> = (context: JobContext<Payload>) => Promise<void>;

/** A definition with what does it. */
export interface JobRegistration {
  readonly definition: JobDefinition;
  readonly run: JobHandler<unknown>;
}

/** Pairs a definition with its handler, whose payload has then been checked by the definition's schema. */
export function handleJob<Payload>(definition: JobDefinition<Payload>, run: JobHandler<Payload>): JobRegistration {
  return { definition, run: (context) => run({ ...context, payload: definition.payload.parse(context.payload) }) };
}
