import { decodeModel } from "../../mlp/model-file/decode-model.ts";
import { predict } from "../../mlp/predict.ts";
import { prepareKernels } from "./prepare-kernels.ts";
import { serveTasks } from "./serve-tasks.ts";

export interface PredictRequest {
  /** An .ink file. */
  readonly model: Uint8Array;
  /** n x 784, 255 = ink. */
  readonly images: Uint8Array;
}

/** Examples at a time: what a cancel waits for. */
const PIECE = 500;

prepareKernels();

/** Sends one message: n x classes probabilities. */
serveTasks<PredictRequest, Float32Array>(async ({ model: bytes, images }, { emit, signal }) => {
  const model = decodeModel(bytes);
  const inputs = model.layers[0];
  const n = images.length / inputs;
  const C = model.classes.length;
  const probabilities = new Float32Array(n * C);
  for (let start = 0; start < n && !signal.aborted; start += PIECE) {
    const end = Math.min(n, start + PIECE);
    probabilities.set(predict(model, images.subarray(start * inputs, end * inputs), end - start), start * C);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await emit(probabilities);
});
