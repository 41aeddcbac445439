import { availableParallelism } from "node:os";
import { type Bench, type Report, round } from "./bench-line.ts";
import { boundOf, type Costs, explainCost, type Machine } from "./cost/explain-cost.ts";
import { measureBandwidth, measureMeeting } from "./cost/measure-machine.ts";
import { measurePoint, type Point } from "./cost/measure-point.ts";
import { describeLoad, describeMachine } from "./describe-machine.ts";
import { markdownTable } from "./markdown-table.ts";
import { measurePeak } from "./measure-peak.ts";

/** MNIST's density. */
const INK = 0.19;
const USUAL = { hidden: [512], batch: 128, density: INK };

interface Series {
  readonly title: string;
  readonly threads: readonly number[];
  readonly points: readonly (Omit<Point, "threads"> & { readonly at: string })[];
}

const SERIES: readonly Series[] = [
  {
    title: "width",
    threads: [1, 2],
    points: [64, 128, 256, 512, 1024, 2048].map((width) => ({ ...USUAL, hidden: [width], at: `784-${width}-10` })),
  },
  {
    title: "depth",
    threads: [1, 2],
    points: [1, 2, 3, 4, 5].map((depth) => ({ ...USUAL, hidden: new Array<number>(depth).fill(512), at: `${depth} x 512` })),
  },
  { title: "batch", threads: [1, 2], points: [16, 32, 64, 128, 256, 512].map((batch) => ({ ...USUAL, batch, at: String(batch) })) },
  {
    title: "density",
    threads: [1],
    points: [0.05, 0.1, 0.2, 0.4, 0.7, 1].map((density) => ({ ...USUAL, density, at: `${Math.round(100 * density)} %` })),
  },
];

const nothing = { against: null, ratio: null };

/** The time of a training step for each sample, against what it must do and what this machine was measured to do at most. */
export const cost: Bench = {
  about: "training time a sample against width, depth, batch and density of the input, and what bounds it",
  needs: [],
  async run(report) {
    const before = describeLoad();
    const machine: Machine = { peak: measurePeak() * 1e9, bandwidth: measureBandwidth(), meetingSeconds: measureMeeting() };
    report({ figure: "peak of SIMD128 multiply and add, one thread", value: round(machine.peak * 1e-9), unit: "GFLOP/s", ...nothing });
    for (const { size, bytesPerSecond } of machine.bandwidth) {
      const figure = `bytes read and written by a copy within ${formatSize(size)}, one thread`;
      report({ figure, value: round(bytesPerSecond * 1e-9), unit: "GB/s", ...nothing });
    }
    report({ figure: "a meeting of two threads", value: round(machine.meetingSeconds * 1e6), unit: "us", ...nothing });
    const tables: string[] = [];
    for (const series of SERIES) tables.push(tabulate(series, machine, report));
    const rates = machine.bandwidth.map(({ size, bytesPerSecond }) => `${(bytesPerSecond * 1e-9).toFixed(0)} (${formatSize(size)})`);
    console.error(
      [
        `\n${describeMachine()}; load average ${before} at the start, ${describeLoad()} at the end`,
        `SIMD128 peak ${(machine.peak * 1e-9).toFixed(1)} GFLOP/s a thread; copying, GB/s by size: ${rates.join(", ")}; meeting ${(machine.meetingSeconds * 1e6).toFixed(2)} us`,
        `Training on random images, us a sample (1 thread: processor time, 2: by the clock). Unless it varies: 784-512-10, batch 128, ${100 * INK} % of the pixels lit. Each part is what it takes at`,
        "least; the bound is the largest. Measured over their sum: above 1 where the kernels fall short of those limits.\n",
        ...tables,
      ].join("\n"),
    );
  },
};

function tabulate({ title, threads, points }: Series, machine: Machine, report: Report): string {
  const rows: string[][] = [];
  let names: (keyof Costs)[] = [];
  for (const T of threads.filter((count) => count <= availableParallelism())) {
    for (const { at, ...rest } of points) {
      const point = { ...rest, threads: T };
      const fixedSeconds = measureFixed(point);
      const time = measurePoint(point);
      const costs = explainCost(point, time, { ...machine, fixedSeconds });
      names = Object.keys(costs) as (keyof Costs)[];
      const sum = names.reduce((total, name) => total + costs[name], 0);
      const micro = (seconds: number): string => (seconds * 1e6).toFixed(2);
      const figure = `training, ${title} ${at}, ${T} thread${T > 1 ? "s" : ""}, bound by ${boundOf(costs)}`;
      report({ figure, value: round(time.seconds * 1e6), unit: "us/sample", ...nothing });
      const measured = [micro(time.seconds), ...names.map((name) => micro(costs[name]))];
      rows.push([at, String(T), ...measured, boundOf(costs), (time.seconds / sum).toFixed(2)]);
    }
  }
  return `${markdownTable([title, "threads", "measured", ...names, "bound", "measured / sum"], rows)}\n`;
}

const fixed = new Map<string, number>();

/** What remains when there is hardly anything to compute: a hidden layer of 8. Its time has nothing to do with the network's width. */
function measureFixed({ batch, density, threads }: Point): number {
  const key = `${batch} ${density} ${threads}`;
  let seconds = fixed.get(key);
  if (seconds === undefined) {
    ({ seconds } = measurePoint({ hidden: [8], batch, density, threads }));
    fixed.set(key, seconds);
  }
  return seconds;
}

function formatSize(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / (1024 * 1024)} MB` : `${bytes / 1024} KB`;
}
