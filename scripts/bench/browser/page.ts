import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import { rasterizeStrokes } from "../../../lib/glyph/rasterize-strokes.ts";
import { forwardAll } from "../../../lib/mlp/forward-all.ts";
import { decodeModel } from "../../../lib/mlp/model-file/decode-model.ts";
import { predict } from "../../../lib/mlp/predict.ts";
import type { TrainingSet } from "../../../lib/mlp/training-set.ts";
import type { BenchCommand } from "./bench.worker.ts";
import type { BurstNetwork } from "./train-burst.ts";

/** Milliseconds of single predictions, one after another. */
export interface PredictTimes {
  /** Every layer's activations, as Draw shows them: the TypeScript kernels. */
  readonly forwardAll: number[];
  /** Probabilities alone: the WebAssembly kernels. */
  readonly predict: number[];
  /** From the pen's strokes on: drawn, normalized, every layer. */
  readonly strokes: number[];
}

export interface BenchPage {
  measurePrediction(times: number): Promise<PredictTimes>;
  /** @returns how many threads compute */
  openTraining(network: BurstNetwork, threads: number): Promise<number>;
  trainBurst(seconds: number): Promise<number>;
}

const PIXELS = 784;
let worker: Worker | null = null;

const page: BenchPage = {
  async measurePrediction(times) {
    const model = decodeModel(await load("/starter.ink"));
    const { images } = await loadData();
    // A three, drawn with the number of points that a hand gives.
    const stroke = Array.from({ length: 80 }, (_, k) => ({
      x: 0.5 + 0.18 * Math.sin((k / 80) * 2 * Math.PI - 0.5) ** 2,
      y: 0.15 + (0.7 * k) / 80,
    }));
    const one = (n: number): Uint8Array => images.subarray((n % 1000) * PIXELS, ((n % 1000) + 1) * PIXELS);
    const time = (work: (n: number) => unknown): number[] =>
      Array.from({ length: times }, (_, n) => {
        const startedAt = performance.now();
        work(n);
        return performance.now() - startedAt;
      });
    return {
      forwardAll: time((n) => forwardAll(model, one(n))),
      predict: time((n) => predict(model, one(n), 1)),
      strokes: time(() => forwardAll(model, normalizeGlyph(rasterizeStrokes([stroke])))),
    };
  },
  async openTraining(network, threads) {
    worker?.terminate();
    worker = new Worker("/bench.js");
    return ask({ type: "open", data: await loadData(), network, threads });
  },
  trainBurst: (seconds) => ask({ type: "burst", seconds }),
};
(globalThis as unknown as { bench: BenchPage }).bench = page;

function ask(command: BenchCommand): Promise<number> {
  const to = worker!;
  return new Promise((resolve, reject) => {
    to.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
    to.onerror = (event) => reject(new Error(event.message));
    to.postMessage(command);
  });
}

async function loadData(): Promise<TrainingSet> {
  return { images: await load("/images"), labels: await load("/labels") };
}

async function load(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}
