import type { TrainingSet } from "../../../lib/mlp/training-set.ts";
import { prepareHelperThreads } from "../../../lib/train/tab/helper-threads.ts";
import { type BurstNetwork, createTrainBurst } from "./train-burst.ts";

export type BenchCommand =
  | { readonly type: "open"; readonly data: TrainingSet; readonly network: BurstNetwork; readonly threads: number }
  | { readonly type: "burst"; readonly seconds: number };

/** Answers "open" with the number of threads, "burst" with samples a second. */
let burst: (seconds: number) => number = () => 0;
addEventListener("message", ({ data: command }: MessageEvent<BenchCommand>) => void answer(command).then((value) => postMessage(value)));

async function answer(command: BenchCommand): Promise<number> {
  if (command.type === "burst") return burst(command.seconds);
  const { count, createKernels } = await prepareHelperThreads(command.threads, new URL("kernel-thread.js", location.href).href);
  burst = createTrainBurst(command.data, command.network, createKernels(command.threads));
  return count;
}
