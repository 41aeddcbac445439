import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { thresholdLocal } from "../../../lib/image/threshold-local.ts";

const [W, H] = [320, 256];

/** Paper of 220 with strokes 5 px wide, light lost to the right of a slanted edge that is `soft` px wide. */
function drawShadow(shadow: number, soft: number): { image: GrayImage; strokes: Uint8Array } {
  const rng = new Rng(3);
  const strokes = new Uint8Array(W * H);
  const data = new Uint8Array(W * H);
  for (let y = 0; y < H; y++) {
    for (let x = 0; x < W; x++) {
      const i = y * W + x;
      if (x >= 20 && x < 300 && y % 80 >= 40 && y % 80 < 45) strokes[i] = 1;
      const edge = Math.min(1, Math.max(0, (x - 150 - 0.3 * y) / soft + 0.5));
      data[i] = Math.round((strokes[i] === 1 ? 60 : 220) * (1 - shadow * edge) + 1.5 * rng.normal());
    }
  }
  return { image: { width: W, height: H, data }, strokes };
}

describe("a shadow's edge", () => {
  it.each([
    [0.3, 4],
    [0.6, 4],
    [0.6, 20],
    [0.45, 60],
  ])("that takes %f of the light over %i px is no ink, and strokes across it stay", (shadow, soft) => {
    const { image, strokes } = drawShadow(shadow, soft);
    const ink = thresholdLocal(image);
    let [missing, extra] = [0, 0];
    for (const [i, stroke] of strokes.entries()) {
      if (stroke === 1 && ink.data[i] === 0) missing++;
      if (stroke === 0 && ink.data[i] === 1) extra++;
    }
    const area = strokes.reduce((sum, stroke) => sum + stroke, 0);
    expect(extra).toBeLessThan(0.02 * area);
    expect(missing).toBeLessThan(0.02 * area);
  });
});
