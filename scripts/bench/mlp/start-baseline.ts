import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface BaselineJob {
  readonly program: string;
  readonly task: "train" | "predict";
  readonly sizes: readonly number[];
  readonly batch: number;
  readonly seconds: number;
  readonly threads: number;
  /** Images a prediction takes, at most 10,000. */
  readonly inputs: number;
}

/** Samples a second, by the clock and by processor time; the latter hardly depends on what else the machine does. */
export interface Rate {
  readonly wall: number;
  readonly processor: number;
}

/** A process with programs to compare with. */
export interface Baseline {
  /** By the programs' names. */
  readonly versions: Readonly<Record<string, string>>;
  burst(job: BaselineJob): Promise<Rate>;
  end(): void;
}

/**
 * Starts a program that says on its first line what it has, and answers each job, a line of JSON, with [samples a second, samples a second of
 * processor time].
 * @returns null where it does not start
 */
export async function startBaseline(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Baseline | null> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"], env });
  const failed = new Promise<null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("exit", () => resolve(null));
  });
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), failed]);
  if (!first || first.done) return null;
  return {
    versions: JSON.parse(first.value) as Record<string, string>,
    burst: async (job) => {
      child.stdin.write(`${JSON.stringify(job)}\n`);
      const answer = await lines.next();
      if (answer.done) throw new Error(`${job.program} ended in the middle of the measurement`);
      const [wall, processor] = JSON.parse(answer.value) as [number, number];
      return { wall, processor };
    },
    end: () => child.stdin.end(),
  };
}
