import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { CorpusResult, CorpusTask } from "./corpus-child.ts";

/**
 * Works the tasks off in child processes, one page at a time each; a child that dies fails the whole run.
 * @param until no task begins after this time of `performance.now()`
 */
export async function runChildren(
  tasks: readonly CorpusTask[],
  { processes, until }: { processes: number; until: number },
  onResult: (result: CorpusResult) => void,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(processes, tasks.length) }, async () => {
      const child = fork(join(import.meta.dirname, "corpus-child.ts"), { serialization: "advanced" });
      try {
        while (next < tasks.length && performance.now() < until) onResult(await ask(child, tasks[next++]!));
      } finally {
        child.disconnect();
      }
    }),
  );
}

function ask(child: ChildProcess, task: CorpusTask): Promise<CorpusResult> {
  const where = `${task.kind}, page ${task.index}, seed ${task.seed}`;
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null): void =>
      reject(new Error(`${where}: its process ended (${signal ?? code}).`));
    child.once("exit", onExit);
    child.once("message", (message: { result: CorpusResult } | { failure: string }) => {
      child.off("exit", onExit);
      if ("result" in message) resolve(message.result);
      else reject(new Error(`${where}: ${message.failure}`));
    });
    child.send(task);
  });
}
