import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import { rasterizeStrokes, type Stroke } from "../../../lib/glyph/rasterize-strokes.ts";
import { forwardAll } from "../../../lib/mlp/forward-all.ts";
import type { Model } from "../../../lib/mlp/model.ts";
import { predict } from "../../../lib/mlp/predict.ts";

export interface DrawingReading {
  /** 28 x 28, 255 = ink: what the network sees. */
  readonly image: Uint8Array;
  /** Every layer's activations of the (first) network: input, hidden layers, its own probabilities. */
  readonly layers: readonly Float32Array[];
  /** The model's: of a committee, the mean of its networks'. */
  readonly probabilities: Float32Array;
  /** Index of the most probable class. */
  readonly best: number;
  /** From strokes to probabilities. */
  readonly milliseconds: number;
}

/** Reads a drawing exactly as a scanned glyph is read: the same normalization, the same network code. Null without ink. */
export function readDrawing(model: Model, strokes: readonly Stroke[]): DrawingReading | null {
  if (strokes.length === 0) return null;
  const start = performance.now();
  const glyph = rasterizeStrokes(strokes);
  if (!glyph.data.includes(1)) return null;
  const image = normalizeGlyph(glyph);
  const layers = forwardAll(model, image);
  const probabilities = model.networks.length === 1 ? layers[layers.length - 1] : predict(model, image, 1);
  const milliseconds = performance.now() - start;
  return { image, layers, probabilities, best: probabilities.indexOf(Math.max(...probabilities)), milliseconds };
}
