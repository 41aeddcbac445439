import { describe, expect, it } from "vitest";
import type { GrayImage } from "../../../lib/image/images.ts";
import { thresholdLocal } from "../../../lib/image/threshold-local.ts";
import { findInkUnderReflection } from "../../../lib/page/find-ink-under-reflection.ts";
import { isolateBoxes } from "../../../lib/page/isolate-boxes.ts";

const [WIDTH, HEIGHT] = [300, 160];
const BOXES = [
  [10, 10, 130, 140],
  [160, 10, 130, 140],
] as const;

/** Two boxes' paper, burnt out on the right: strokes of 5 px, 90 and 100 levels darker, and on the right one that is 15. */
function draw(): GrayImage {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const isRight = x >= 150;
      const isIn = (middle: number): boolean => y >= 40 && y < 120 && Math.abs(x - middle) <= 2;
      data[y * WIDTH + x] = isRight ? (isIn(225) ? 240 : isIn(200) ? 155 : 255) : isIn(75) ? 120 : 210;
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

describe("findInkUnderReflection", () => {
  it("finds a stroke that a reflection has left a sixth of its contrast, in its box alone, and its box keeps it", () => {
    const gray = draw();
    const ink = thresholdLocal(gray);
    const inkIn = ([x, y, w, h]: readonly number[]): number =>
      ink.data.filter(
        (value, i) => value === 1 && i % WIDTH >= x && i % WIDTH < x + w && Math.floor(i / WIDTH) >= y && Math.floor(i / WIDTH) < y + h,
      ).length;
    expect(inkIn(BOXES[0])).toBe(5 * 80);
    expect(inkIn(BOXES[1])).toBe(5 * 80);
    findInkUnderReflection(ink, gray, [BOXES[1]]);
    expect(inkIn(BOXES[0])).toBe(5 * 80);
    expect(inkIn(BOXES[1])).toBe(2 * 5 * 80);

    const blocks = [Math.ceil(WIDTH / 4), Math.ceil(HEIGHT / 4)];
    const level = new Uint8Array(blocks[0] * blocks[1]).map((_, i) => (i % blocks[0] >= 38 ? 255 : 210));
    const removed = {
      ink,
      gray,
      band: new Uint8Array(WIDTH * HEIGHT),
      paper: { blocksX: blocks[0], blocksY: blocks[1], level, blockMin: level },
    };
    const isolate = (washedOut: boolean) =>
      isolateBoxes(
        removed,
        BOXES.map((box, i) => ({ box, territory: box, washedOut: i === 1 && washedOut })),
        [],
      ).inks.map((own) => own?.bounds ?? null);
    expect(isolate(true)).toEqual([
      [73, 40, 5, 80],
      [198, 40, 30, 80],
    ]);
    // So pale a stroke beside a dark one shines through from the back elsewhere.
    expect(isolate(false)[1]).toEqual([198, 40, 5, 80]);
  });

  it("takes a box that reaches beyond the page for what of it lies on it", () => {
    const gray = draw();
    const ink = thresholdLocal(gray);
    findInkUnderReflection(ink, gray, [
      [200, -20, 200, 400],
      [400, 10, 20, 20],
    ]);
    expect(ink.data.reduce((sum, value) => sum + value, 0)).toBe(3 * 5 * 80);
  });
});
