import type { Model } from "./model.ts";
import { predict } from "./predict.ts";

/** The model as the reading pipeline takes it. */
export function toClassifier(model: Model): { classes: readonly string[]; predict(images: Uint8Array, n: number): Float32Array } {
  return { classes: model.classes, predict: (images, n) => predict(model, images, n) };
}
