import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { type BoxInk, findSpoiled } from "../../../lib/pipeline/find-spoiled.ts";
import { toBinary } from "../../../lib/simulate/ink-mask.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { writeInBox } from "../../../lib/simulate/write-in-box.ts";

const SIZE = 130;

/** The pen's digit in a box of 10 mm at 300 dpi. */
function digit(char: string, seed: number): BinaryImage {
  const options = { rng: new Rng(seed), scale: [11.8, 11.8] as const, marginMm: 0.5, onBaseline: false, overflow: false };
  return toBinary(writeInBox(char, buildWriter(3), [0, 0, 10, 10.5], options));
}

/** Straight strokes, 5 px wide, from point to point. */
function draw(...paths: readonly (readonly (readonly [number, number])[])[]): BinaryImage {
  const data = new Uint8Array(SIZE * SIZE);
  for (const points of paths) {
    for (let p = 1; p < points.length; p++) {
      const [[x0, y0], [x1, y1]] = [points[p - 1], points[p]];
      for (let k = 0; k <= 200; k++) {
        const [x, y] = [Math.round(x0 + ((x1 - x0) * k) / 200), Math.round(y0 + ((y1 - y0) * k) / 200)];
        for (let dy = -2; dy <= 2; dy++) data.fill(1, (y + dy) * SIZE + x - 2, (y + dy) * SIZE + x + 3);
      }
    }
  }
  return { width: SIZE, height: SIZE, data };
}

const doubt = { label: "0", probability: 0.5 };
const written: BoxInk[] = Array.from({ length: 200 }, (_, i) => ({
  image: digit(String(i % 10), i),
  prompt: String(i % 10),
  prediction: doubt,
}));
const cross = draw(
  [
    [3, 3],
    [126, 126],
  ],
  [
    [126, 3],
    [3, 126],
  ],
);
const scribble = draw(
  Array.from({ length: 14 }, (_, k) => [k % 2 === 0 ? 5 : 125, 5 + 9 * k] as const),
  Array.from({ length: 14 }, (_, k) => [5 + 9 * k, k % 2 === 0 ? 5 : 125] as const),
);

describe("findSpoiled", () => {
  it("calls hardly any digit of the pen spoiled, even if the model doubts them all", () => {
    expect(findSpoiled(written).filter((spoiled) => spoiled !== null).length).toBeLessThanOrEqual(4);
  });

  it("calls a box crossed out that is crossed or scribbled over, unless the model surely reads its prompt", () => {
    const judge = (image: BinaryImage, prediction: BoxInk["prediction"]) =>
      findSpoiled([...written, { image, prompt: "5", prediction }]).at(-1);
    expect(judge(cross, doubt)).toBe("crossed-out");
    expect(judge(scribble, doubt)).toBe("crossed-out");
    expect(judge(scribble, null)).toBe("crossed-out");
    expect(judge(cross, { label: "5", probability: 0.99 })).toBeNull();
  });
});
