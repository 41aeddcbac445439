import { loadavg } from "node:os";
import { Rng } from "../../lib/core/rng.ts";
import type { TrainingSet } from "../../lib/mlp/training-set.ts";
import { createTrainingKernels } from "../../lib/server/services/train/create-training-kernels.ts";
import { readExampleFolders } from "../../lib/server/services/train/read-example-folders.ts";
import { ensureBrowser } from "../support/find-browser.mjs";
import { type Bench, median, type Report, round } from "./bench-line.ts";
import type { BenchPage } from "./browser/page.ts";
import { servePage } from "./browser/serve-page.ts";
import { createTrainBurst } from "./browser/train-burst.ts";

const NETWORKS = [
  { hidden: [128], batch: 64 },
  { hidden: [800], batch: 128 },
] as const;
const THREADS = [1, 2];
const EXAMPLES = 10_000;
const PREDICTIONS = 2000;
/** Of these the first are warm-up. */
const COLD = 200;
const ROUNDS = 7;
const SECONDS = 0.3;

/** The engine in a real page: a prediction's time, and training in a worker against Node in this process, in short bursts by turns. */
export const browser: Bench = {
  about: "the engine in a browser: one prediction with the starter model in ms, training in a worker against Node",
  needs: [],
  async run(report) {
    const folder = process.env.MNIST_DIR;
    const data = folder ? firstOf(await readExampleFolders([folder], "train")) : generate();
    const { chromium } = await import("@playwright/test");
    const page = await servePage(data);
    const program = await chromium.launch({
      executablePath: await ensureBrowser(),
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    });
    try {
      const tab = await program.newPage();
      await tab.goto(page.url);
      const call = <T>(work: (bench: BenchPage, argument: T) => Promise<unknown>, argument: T) =>
        tab.evaluate(`(${work.toString()})(globalThis.bench, ${JSON.stringify(argument)})`);
      const version = `Chromium ${program.version()}`;
      const times = (await call((bench, n) => bench.measurePrediction(n), PREDICTIONS)) as Awaited<
        ReturnType<BenchPage["measurePrediction"]>
      >;
      reportTimes("every layer of one image, starter model, as Draw shows it", times.forwardAll, report);
      reportTimes("from strokes to probabilities, starter model", times.strokes, report);
      reportTimes("probabilities of one image, starter model, WebAssembly", times.predict, report);
      for (const threads of THREADS) {
        for (const network of NETWORKS) {
          const node = createTrainBurst(data, network, createTrainingKernels(threads));
          const inTab = (await call((bench, { network, threads }) => bench.openTraining(network, threads), { network, threads })) as number;
          const rates: { node: number[]; tab: number[] } = { node: [], tab: [] };
          for (let k = -1; k < ROUNDS; k++) {
            const here = node(SECONDS);
            const there = (await call((bench, seconds) => bench.trainBurst(seconds), SECONDS)) as number;
            // The first round warms up.
            if (k >= 0) rates.node.push(here);
            if (k >= 0) rates.tab.push(there);
          }
          const name = `784-${network.hidden.join("-")}-10, batch ${network.batch}`;
          report({
            figure: `training in a tab, ${inTab} thread${inTab > 1 ? "s" : ""}, ${name}, ${folder ? "MNIST" : "generated data"}`,
            value: round(median(rates.tab)),
            unit: "samples/s",
            against: `Node ${process.versions.node}, ${threads} thread${threads > 1 ? "s" : ""}; in ${version}`,
            // Burst against its neighbour: a busy moment meets both.
            ratio: round(median(rates.tab.map((rate, k) => rate / rates.node[k]!))),
          });
        }
      }
      report({
        figure: "load average over the last minute",
        value: round(loadavg()[0]!),
        unit: "processes",
        against: null,
        ratio: null,
      });
    } finally {
      await program.close();
      page.close();
    }
  },
};

function reportTimes(figure: string, times: readonly number[], report: Report): void {
  const sorted = times.slice(COLD).sort((a, b) => a - b);
  const nothing = { unit: "ms", against: null, ratio: null };
  report({ figure: `${figure}: median`, value: round(median(sorted)), ...nothing });
  report({ figure: `${figure}: 95th percentile`, value: round(sorted[Math.floor(0.95 * sorted.length)]!), ...nothing });
  report({ figure: `${figure}: the very first`, value: round(times[0]!), ...nothing });
}

function firstOf({ images, labels }: TrainingSet): TrainingSet {
  return { images: images.slice(0, EXAMPLES * 784), labels: labels.slice(0, EXAMPLES) };
}

/** As many dark pixels as MNIST has: 81 of 100. Each class has a place of its own, so that there is something to learn. */
function generate(): TrainingSet {
  const rng = new Rng(1);
  const images = new Uint8Array(EXAMPLES * 784);
  const labels = Uint8Array.from({ length: EXAMPLES }, () => rng.int(10));
  for (let n = 0; n < EXAMPLES; n++) {
    const from = labels[n]! * 70;
    for (let k = 0; k < 149; k++) images[n * 784 + ((from + rng.int(149) + (k & 7) * 28) % 784)] = 1 + rng.int(255);
  }
  return { images, labels };
}
