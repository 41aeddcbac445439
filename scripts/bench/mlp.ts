import { loadavg } from "node:os";
import { placeForPrediction } from "../../lib/mlp/place-for-prediction.ts";
import { predictNetwork } from "../../lib/mlp/predict-network.ts";
import { Trainer } from "../../lib/mlp/trainer.ts";
import { createTrainingKernels } from "../../lib/server/services/train/create-training-kernels.ts";
import { readExampleFolders } from "../../lib/server/services/train/read-example-folders.ts";
import { type Bench, median, round } from "./bench-line.ts";
import { measurePeak } from "./measure-peak.ts";
import { type Baseline, type Rate, startBaseline } from "./start-baseline.ts";

/** Hidden layers, mini-batch, and how long a burst must be for some mini-batches of it. */
const NETWORKS = [
  { hidden: [128], batch: 64, seconds: 0.25 },
  { hidden: [800], batch: 128, seconds: 0.25 },
  { hidden: [1200, 1200], batch: 128, seconds: 0.5 },
  { hidden: [2500, 2000, 1500, 1000, 500], batch: 128, seconds: 1.2 },
] as const;
const THREADS = [1, 2];
const ROUNDS = 5;
const CLASSES = [..."0123456789"];
const TASKS = ["train", "predict"] as const;

type Report = Parameters<Bench["run"]>[0];
/** The fastest PyTorch so far: with two threads it is sometimes slower than with one. */
interface Best {
  readonly value: number;
  readonly version: string;
}
type Setup = (typeof NETWORKS)[number] & { readonly threads: number };

/** Samples a second against NumPy and PyTorch, in short bursts by turns so that a busy moment meets all alike. */
export const mlp: Bench = {
  about: "training and inference of four networks on 1 and 2 threads, samples a second, against NumPy and PyTorch where Python has them",
  needs: ["MNIST_DIR"],
  async run(report) {
    const folder = process.env.MNIST_DIR!;
    const data = await readExampleFolders([folder], "train");
    const baseline = await startBaseline(folder);
    const peak = measurePeak();
    const nothing = { against: null, ratio: null };
    report({ figure: "peak of SIMD128 multiply and add, one thread", value: round(peak), unit: "GFLOP/s", ...nothing });
    for (const network of NETWORKS) {
      const best = new Map<string, Best>();
      for (const threads of THREADS) await compare({ ...network, threads }, { data, baseline, peak, best, report });
    }
    report({ figure: "load average over the last minute", value: round(loadavg()[0]!), unit: "processes", ...nothing });
    baseline.end();
  },
};

async function compare(
  { hidden, batch, seconds, threads }: Setup,
  {
    data,
    baseline,
    peak,
    best,
    report,
  }: {
    data: { images: Uint8Array; labels: Uint8Array };
    baseline: Baseline;
    peak: number;
    best: Map<string, Best>;
    report: Report;
  },
): Promise<void> {
  const sizes = [784, ...hidden, 10];
  const settings = { sizes, activation: "relu", epochs: 1000, batch, rate: 0.05, momentum: 0.9, augment: "none", seed: 1 } as const;
  const create = createTrainingKernels(threads);
  const trainer = new Trainer(data, settings, { classes: CLASSES, kernels: create });
  const placed = placeForPrediction(create, trainer.network);
  const n = hidden.length > 1 ? 1280 : 10_000;
  const images = data.images.subarray(0, n * 784);
  const ours = {
    train: () => burst(seconds, () => trainer.step().count),
    predict: () => burst(seconds, () => predictNetwork(placed, images, n).length / 10),
  };
  for (const task of TASKS) {
    const results = new Map<string, Rate[]>(["ours", ...Object.keys(baseline.versions)].map((program) => [program, []]));
    for (let k = -1; k < ROUNDS; k++) {
      for (const [program, rates] of results) {
        const job = { program, task, sizes, batch, seconds, threads, inputs: n };
        const rate = program === "ours" ? ours[task]() : await baseline.burst(job);
        // The first round warms up.
        if (k >= 0) rates.push(rate);
      }
    }
    const work = task === "train" ? `training, batch ${batch}` : "inference";
    const name = `${work}, ${sizes.join("-")}, ${threads} thread${threads > 1 ? "s" : ""}`;
    const versus = (measure: keyof Rate, figure: string, unit: string): number => {
      const middle = (program: string): number => median(results.get(program)!.map((rate) => rate[measure]));
      const value = middle("ours");
      const others = Object.entries(baseline.versions);
      for (const [program, version] of others) {
        report({ figure, value: round(value), unit, against: version, ratio: round(value / middle(program)) });
      }
      if (others.length === 0) report({ figure, value: round(value), unit, against: null, ratio: null });
      return value;
    };
    const value = versus("wall", name, "samples/s");
    // Threads that wait for one another spend processor time, too: it says something of one thread only.
    if (threads === 1) versus("processor", `${name}, by processor time`, "samples/s");
    for (const [program, version] of Object.entries(baseline.versions).filter(([program]) => program.startsWith("torch"))) {
      const other = median(results.get(program)!.map(({ wall }) => wall));
      if (other > (best.get(task)?.value ?? 0)) best.set(task, { value: other, version: `${version}, ${threads} of 1 and 2 threads` });
    }
    const torch = best.get(task);
    if (threads > 1 && torch) {
      const figure = `${name}, against the fastest PyTorch`;
      report({ figure, value: round(value), unit: "samples/s", against: torch.version, ratio: round(value / torch.value) });
    }
    const own = results.get("ours")!.map(({ wall }) => wall);
    const nothing = { against: null, ratio: null };
    const spread = (Math.max(...own) - Math.min(...own)) / value;
    report({ figure: `${name}: spread (highest - lowest) / median`, value: round(spread), unit: "fraction", ...nothing });
    const rate = value * countFlops(sizes, task) * 1e-9;
    report({ figure: `${name}: as if no value were zero`, value: round(rate), unit: "GFLOP/s", ...nothing });
    report({
      figure: `${name}: that over ${threads} x SIMD128's peak`,
      value: round(rate / (threads * peak)),
      unit: "fraction",
      ...nothing,
    });
  }
  trainer.end();
  placed.kernels.end();
}

/** Floating-point operations a sample if zeros are counted: 2 a weight forward, and in training 2 for its gradient, 2 for the errors but in the first layer. */
function countFlops(sizes: readonly number[], task: "train" | "predict"): number {
  return sizes.slice(1).reduce((sum, O, l) => sum + sizes[l]! * O * (task === "predict" ? 2 : l === 0 ? 4 : 6), 0);
}

/** Repeats `work`, which says how many samples it did. */
function burst(seconds: number, work: () => number): Rate {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let count = 0;
  let spent = 0;
  while (spent < seconds) {
    count += work();
    spent = (performance.now() - startedAt) / 1000;
  }
  const { user, system } = process.cpuUsage(before);
  return { wall: count / spent, processor: (count / (user + system)) * 1e6 };
}
