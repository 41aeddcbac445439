import { placeForPrediction } from "../../lib/mlp/place-for-prediction.ts";
import { predictNetwork } from "../../lib/mlp/predict-network.ts";
import { Trainer } from "../../lib/mlp/trainer.ts";
import type { TrainingSet } from "../../lib/mlp/training-set.ts";
import { createTrainingKernels } from "../../lib/server/services/train/create-training-kernels.ts";
import { readExampleFolders } from "../../lib/server/services/train/read-example-folders.ts";
import { parseArguments, UsageError } from "../support/command-line.ts";
import { type Bench, median, type Report, round } from "./bench-line.ts";
import { describeLoad, describeMachine } from "./describe-machine.ts";
import { markdownTable } from "./markdown-table.ts";
import { measurePeak } from "./measure-peak.ts";
import { measureMemory } from "./mlp/measure-memory.ts";
import type { Rate } from "./mlp/start-baseline.ts";
import { type Rival, type RivalKind, startRivals } from "./mlp/start-rivals.ts";

interface NetworkPlan {
  readonly hidden: readonly number[];
  readonly batch: number;
  /** A burst takes so long: several mini-batches. */
  readonly seconds: number;
  readonly rounds: number;
  /** tfjs needs seconds for a mini-batch of the largest. */
  readonly tfjs: boolean;
}

const NETWORKS: readonly NetworkPlan[] = [
  { hidden: [128], batch: 64, seconds: 0.25, rounds: 5, tfjs: true },
  { hidden: [800], batch: 128, seconds: 0.25, rounds: 5, tfjs: true },
  { hidden: [1200, 1200], batch: 128, seconds: 0.5, rounds: 5, tfjs: true },
  { hidden: [2500, 2000, 1500, 1000, 500], batch: 128, seconds: 1, rounds: 3, tfjs: false },
];
const THREADS = [1, 2];
const CLASSES = [..."0123456789"];
const TASKS = ["train", "predict"] as const;
type Task = (typeof TASKS)[number];
/** Threads of OpenBLAS and OpenMP look for work for a while after a burst: not on the next one's time. */
const REST_MS = 40;

const USAGE = `usage: npm run --silent bench -- mlp [--network 784-128-10 ...] [--no-tfjs]
  --network A-B-..  only this one of ${NETWORKS.map(({ hidden }) => nameOf(hidden)).join(", ")}; may be repeated
  --no-tfjs         without tfjs, which is otherwise installed into build/bench/tfjs at the first run`;

interface Setting {
  readonly data: TrainingSet;
  readonly rivals: readonly Rival[];
  /** GFLOP/s of one thread. */
  readonly peak: number;
}

interface Result {
  readonly name: string;
  readonly task: Task;
  readonly threads: number;
  readonly ours: number;
  readonly spread: number;
  readonly gflops: number;
  readonly share: number;
  /** The fastest of each kind. */
  readonly best: ReadonlyMap<RivalKind, { readonly version: string; readonly rate: number }>;
}

/** Samples a second against PyTorch and tfjs, in short bursts by turns so that a busy moment meets all alike. */
export const mlp: Bench = {
  about: "training and inference of four networks on 1 and 2 threads, samples a second, against PyTorch and tfjs; memory",
  needs: ["MNIST_DIR"],
  takesOptions: true,
  async run(report, args) {
    const networks = chooseNetworks(args);
    const tfjs = !args.includes("--no-tfjs");
    const folder = process.env.MNIST_DIR!;
    const nothing = { against: null, ratio: null };
    const load = (when: string): void =>
      report({ figure: `load average over the last minute, at the ${when}`, value: Number(describeLoad()), unit: "processes", ...nothing });
    const loadBefore = describeLoad();
    load("start");
    const peak = measurePeak();
    report({ figure: "peak of SIMD128 multiply and add, one thread", value: round(peak), unit: "GFLOP/s", ...nothing });
    const memory = await measureMemory(folder, report);
    const data = await readExampleFolders([folder], "train");
    const { rivals, end } = await startRivals(folder, { tfjs, say: (line) => console.error(line) });
    const results: Result[] = [];
    for (const network of networks) {
      for (const threads of THREADS) {
        console.error(`${nameOf(network.hidden)}, ${threads} thread${threads > 1 ? "s" : ""} ...`);
        results.push(...(await compare({ network, threads }, { data, rivals, peak }, report)));
      }
    }
    end();
    load("end");
    console.error(
      [
        `\n${describeMachine()}; SIMD128 peak ${peak.toFixed(1)} GFLOP/s a thread; load average ${loadBefore} at the start, ${describeLoad()} at the end`,
        "Medians of bursts by turns. GFLOP/s as if no value were zero; peak: that over threads x SIMD128's peak.\n",
        ...TASKS.map((task) => tabulate(results, task)),
        memory,
      ].join("\n"),
    );
  },
};

async function compare(
  { network, threads }: { network: NetworkPlan; threads: number },
  { data, rivals, peak }: Setting,
  report: Report,
): Promise<Result[]> {
  const { hidden, batch, seconds } = network;
  const sizes = [784, ...hidden, 10];
  const settings = { sizes, activation: "relu", epochs: 1000, batch, rate: 0.05, augment: "none", seed: 1 } as const;
  const create = createTrainingKernels(threads);
  const trainer = new Trainer(data, settings, { classes: CLASSES, kernels: create });
  const placed = placeForPrediction(create, trainer.network);
  const inputs = hidden.length > 1 ? 1280 : 10_000;
  const images = data.images.subarray(0, inputs * 784);
  const count = { train: () => trainer.step().count, predict: () => predictNetwork(placed, images, inputs).length / 10 };
  const opponents = rivals.filter(({ kind }) => kind !== "tfjs" || network.tfjs);
  const results: Result[] = [];
  for (const task of TASKS) {
    const own: Rate[] = [];
    const theirs = opponents.map(() => [] as Rate[]);
    // The first round warms up.
    for (let k = -1; k < network.rounds; k++) {
      await rest();
      const rate = burst(seconds, count[task]);
      if (k >= 0) own.push(rate);
      for (const [n, rival] of opponents.entries()) {
        await rest();
        const other = await rival.burst({ task, sizes, batch, seconds, threads, inputs });
        if (k >= 0) theirs[n]!.push(other);
      }
    }
    const ours = median(own.map(({ wall }) => wall));
    const work = task === "train" ? `training, batch ${batch}` : "inference";
    const name = `${work}, ${sizes.join("-")}, ${threads} thread${threads > 1 ? "s" : ""}`;
    const best = new Map<RivalKind, { version: string; rate: number }>();
    const byProcessor = median(own.map(({ processor }) => processor));
    const nothing = { against: null, ratio: null };
    if (opponents.length === 0) report({ figure: name, value: round(ours), unit: "samples/s", ...nothing });
    for (const [n, { kind, version }] of opponents.entries()) {
      const rate = median(theirs[n]!.map(({ wall }) => wall));
      if (rate > (best.get(kind)?.rate ?? 0)) best.set(kind, { version, rate });
      const against = kind === "pytorch-avx2" ? `${version} held to AVX2` : version;
      report({ figure: name, value: round(ours), unit: "samples/s", against, ratio: round(ours / rate) });
      // Threads that wait for one another spend processor time, too: it says something of one thread only.
      if (threads > 1) continue;
      const other = median(theirs[n]!.map(({ processor }) => processor));
      const figure = `${name}, by processor time`;
      report({ figure, value: round(byProcessor), unit: "samples/s", against, ratio: round(byProcessor / other) });
    }
    const rates = own.map(({ wall }) => wall);
    const spread = (Math.max(...rates) - Math.min(...rates)) / ours;
    const gflops = ours * countFlops(sizes, task) * 1e-9;
    const share = gflops / (threads * peak);
    report({ figure: `${name}: spread (highest - lowest) / median`, value: round(spread), unit: "fraction", ...nothing });
    report({ figure: `${name}: as if no value were zero`, value: round(gflops), unit: "GFLOP/s", ...nothing });
    report({ figure: `${name}: that over ${threads} x SIMD128's peak`, value: round(share), unit: "fraction", ...nothing });
    results.push({ name: nameOf(hidden), task, threads, ours, spread, gflops, share, best });
  }
  trainer.end();
  placed.kernels.end();
  return results;
}

function tabulate(results: readonly Result[], task: Task): string {
  const kinds = (["pytorch", "pytorch-avx2", "tfjs", "numpy"] as const).filter((kind) => results.some(({ best }) => best.has(kind)));
  const titles: Record<RivalKind, readonly string[]> = {
    pytorch: ["best PyTorch", "samples/s", "ratio", "ratio to the best of 1 and 2 threads"],
    "pytorch-avx2": ["PyTorch held to AVX2", "ratio"],
    tfjs: ["tfjs wasm", "ratio"],
    numpy: ["NumPy", "ratio"],
  };
  const rows = results
    .filter((result) => result.task === task)
    .map((result) => {
      const { name, threads, ours, spread, gflops, share, best } = result;
      const cells = kinds.flatMap((kind) => {
        const rival = best.get(kind);
        if (!rival) return titles[kind].map(() => "-");
        const ratio = (ours / rival.rate).toFixed(2);
        if (kind !== "pytorch") return [Math.round(rival.rate).toString(), ratio];
        const fastest = Math.max(...results.filter((r) => r.name === name && r.task === task).map((r) => r.best.get(kind)?.rate ?? 0));
        const version = rival.version.replace(/^PyTorch \S+ \(|\)$/g, "");
        return [version, Math.round(rival.rate).toString(), ratio, (ours / fastest).toFixed(2)];
      });
      const numbers = [Math.round(ours).toString(), `${(100 * spread).toFixed(0)} %`];
      return [name, String(threads), ...numbers, ...cells, gflops.toFixed(1), `${(100 * share).toFixed(0)} %`];
    });
  const own = [task === "train" ? "training" : "inference", "threads", "ours, samples/s", "spread"];
  return `${markdownTable([...own, ...kinds.flatMap((kind) => titles[kind]), "GFLOP/s", "of the peak"], rows)}\n`;
}

/** Floating-point operations a sample if zeros are counted: 2 a weight forward, and in training 2 for its gradient, 2 for the errors but in the first layer. */
function countFlops(sizes: readonly number[], task: Task): number {
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

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, REST_MS));
}

function nameOf(hidden: readonly number[]): string {
  return `784-${hidden.join("-")}-10`;
}

function chooseNetworks(args: string[]): readonly NetworkPlan[] {
  const options = { network: { type: "string", multiple: true }, "no-tfjs": { type: "boolean" } } as const;
  const { values } = parseArguments(args, options, { usage: USAGE });
  if (!values.network) return NETWORKS;
  return values.network.map((wanted) => {
    const network = NETWORKS.find(({ hidden }) => nameOf(hidden) === wanted);
    if (!network) throw new UsageError(`There is no network "${wanted}" in this bench.\n${USAGE}`);
    return network;
  });
}
