import { createSimdKernels } from "../../lib/mlp/kernels/simd/create-simd-kernels.ts";
import { placeForPrediction } from "../../lib/mlp/place-for-prediction.ts";
import { predictNetwork } from "../../lib/mlp/predict-network.ts";
import { Trainer } from "../../lib/mlp/trainer.ts";
import { readExampleFolders } from "../../lib/server/services/train/read-example-folders.ts";
import { type Bench, median, round } from "./bench-line.ts";
import { startBaseline } from "./start-baseline.ts";

const SIZES = [784, 128, 10];
const BATCH = 64;
const ROUNDS = 7;
const BURST_SECONDS = 0.4;
const CLASSES = [..."0123456789"];

/** Samples a second against NumPy and PyTorch, one thread each, in short bursts by turns so that a busy moment meets all alike. */
export const mlp: Bench = {
  about: "training and inference of 784-128-10, samples a second, against NumPy and PyTorch where Python has them",
  needs: ["MNIST_DIR"],
  async run(report) {
    const folder = process.env.MNIST_DIR!;
    const data = await readExampleFolders([folder], "train");
    const settings = {
      sizes: SIZES,
      activation: "relu" as const,
      epochs: 1000,
      batch: BATCH,
      rate: 0.05,
      momentum: 0.9,
      augment: "none" as const,
      seed: 1,
    };
    const trainer = new Trainer(data, settings, { classes: CLASSES });
    const placed = placeForPrediction(createSimdKernels, trainer.network);
    const images = data.images.subarray(0, 10_000 * 784);
    const ours = {
      train: () => burst(() => trainer.step().count),
      predict: () => burst(() => predictNetwork(placed, images, 10_000).length / 10),
    };
    const baseline = await startBaseline(folder);
    for (const task of ["train", "predict"] as const) {
      const results = new Map<string, number[]>([["ours", []]]);
      for (const program of Object.keys(baseline.versions)) results.set(program, []);
      for (let round = -1; round < ROUNDS; round++) {
        for (const [program, values] of results) {
          const job = { program, task, sizes: SIZES, batch: BATCH, seconds: BURST_SECONDS, threads: 1 };
          const value = program === "ours" ? ours[task]() : await baseline.burst(job);
          // The first round warms up.
          if (round >= 0) values.push(value);
        }
      }
      const value = median(results.get("ours")!);
      const figure = `${task === "train" ? `training, batch ${BATCH}` : "inference"}, ${SIZES.join("-")}, 1 thread`;
      const line = { figure, value: round(value), unit: "samples/s" };
      const others = Object.entries(baseline.versions);
      if (others.length === 0) report({ ...line, against: null, ratio: null });
      for (const [program, version] of others) report({ ...line, against: version, ratio: round(value / median(results.get(program)!)) });
    }
    baseline.end();
  },
};

/** Repeats `work`, which says how many samples it did. @returns samples a second */
function burst(work: () => number): number {
  const startedAt = performance.now();
  let count = 0;
  let seconds = 0;
  while (seconds < BURST_SECONDS) {
    count += work();
    seconds = (performance.now() - startedAt) / 1000;
  }
  return count / seconds;
}
