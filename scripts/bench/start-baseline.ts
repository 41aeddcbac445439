import { spawn } from "node:child_process";
import { join } from "node:path";
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

/** The programs to compare with, by name, with their versions; none where there is no Python with NumPy. */
export interface Baseline {
  readonly versions: Readonly<Record<string, string>>;
  burst(job: BaselineJob): Promise<Rate>;
  end(): void;
}

/** Starts mlp-baseline.py in the first Python that has NumPy. */
export async function startBaseline(mnistFolder: string): Promise<Baseline> {
  for (const python of ["/usr/bin/python3", "python3"]) {
    const child = spawn(python, [join(import.meta.dirname, "mlp-baseline.py"), mnistFolder], { stdio: ["pipe", "pipe", "ignore"] });
    const failed = new Promise<null>((resolve) => {
      child.once("error", () => resolve(null));
      child.once("exit", () => resolve(null));
    });
    child.stdin.on("error", () => {});
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await Promise.race([lines.next(), failed]);
    if (!first || first.done) continue;
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
  return { versions: {}, burst: () => Promise.reject(new Error("there is nothing to compare with")), end: () => {} };
}
