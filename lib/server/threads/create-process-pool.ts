import { existsSync } from "node:fs";
import { InkformError } from "../../core/inkform-error.ts";
import { type PoolChild, startChild } from "./pool-child.ts";
import type { ProcessPoolOptions } from "./process-pool-options.ts";

/** Child processes that do heavy work: they know no database, get bytes, send messages. A crash fails only its own task. */
export interface ProcessPool<Input, Message> {
  /**
   * Does one task; yields what the task emits, ends when it is done. Leaving the loop early or aborting `signal` cancels the task.
   * @throws InkformError what the task threw; `unavailable` where its process crashed, hung or was cancelled.
   */
  run(input: Input, options?: { signal?: AbortSignal }): AsyncGenerator<Message, void, void>;
  /** Ends all children. */
  close(): Promise<void>;
}

/** @see ProcessPool */
export function createProcessPool<Input, Message>(options: ProcessPoolOptions): ProcessPool<Input, Message> {
  const idle: PoolChild[] = [];
  const all = new Set<PoolChild>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  const acquire = async (signal: AbortSignal | undefined): Promise<PoolChild> => {
    if (!existsSync(options.entry))
      throw new InkformError(
        "unavailable",
        `The program's part for ${options.name} is missing (${options.entry}). Run "npm run build:threads", then try again.`,
      );
    while (busy >= options.size && !closed) await new Promise<void>((resolve) => waiting.push(resolve));
    if (closed) throw cancelled(options.name);
    if (signal?.aborted) {
      waiting.shift()?.();
      throw cancelled(options.name);
    }
    busy++;
    try {
      return findChild();
    } catch (error) {
      busy--;
      waiting.shift()?.();
      throw new InkformError(
        "unavailable",
        `No process for ${options.name} could be started (${error instanceof Error ? error.message : String(error)}). Nothing else was disturbed.`,
        error,
      );
    }
  };
  const findChild = (): PoolChild => {
    let child = idle.pop();
    while (child !== undefined && !child.alive()) child = idle.pop();
    if (child !== undefined) return child;
    // Throws where the system has no memory for it.
    const started = startChild(options);
    all.add(started);
    void started.exited.then(() => all.delete(started));
    return started;
  };
  const giveBack = (child: PoolChild): void => {
    busy--;
    if (child.alive() && !closed) {
      idle.push(child);
      child.rest(options.idleMs ?? 60_000);
    }
    waiting.shift()?.();
  };

  return {
    async *run(input, { signal } = {}) {
      const child = await acquire(signal);
      try {
        yield* child.run(input, signal) as AsyncGenerator<Message, void, void>;
      } finally {
        giveBack(child);
      }
    },
    async close() {
      closed = true;
      for (const wake of waiting.splice(0)) wake();
      await Promise.all([...all].map((child) => child.kill()));
    },
  };
}

function cancelled(name: string): InkformError {
  return new InkformError("unavailable", `The ${name} was stopped.`);
}
