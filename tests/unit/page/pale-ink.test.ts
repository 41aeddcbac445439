import { describe, expect, it } from "vitest";
import type { Box } from "../../../lib/core/geometry.ts";
import { estimatePaper } from "../../../lib/image/estimate-paper.ts";
import { thresholdLocal } from "../../../lib/image/threshold-local.ts";
import { type IsolatedInk, isolateBoxes } from "../../../lib/page/isolate-boxes.ts";

const [W, H] = [640, 160];
const BOXES = 6;
const regions = Array.from({ length: BOXES }, (_, i) => {
  const box: Box = [20 + 100 * i, 20, 80, 120];
  return { box, territory: box };
});

/** Strokes 6 px wide and 60 px long, `share` of paper's light taken, in each box at `x` from its left. */
function isolate(strokesOf: (box: number) => readonly { x: number; share: number }[]): readonly (IsolatedInk | null)[] {
  const gray = { width: W, height: H, data: new Uint8Array(W * H).fill(240) };
  for (let box = 0; box < BOXES; box++) {
    for (const { x, share } of strokesOf(box)) {
      const left = 20 + 100 * box + x;
      for (let y = 40; y < 100; y++) gray.data.fill(240 * (1 - share), y * W + left, y * W + left + 6);
    }
  }
  const paper = estimatePaper(gray);
  return isolateBoxes({ ink: thresholdLocal(gray, { paper }), gray, paper, band: new Uint8Array(W * H) }, regions, []).inks;
}
const pen = { x: 20, share: 0.7 };
const through = [
  { x: 40, share: 0.2 },
  { x: 60, share: 0.2 },
];

describe("ink paler than the page's strokes", () => {
  it("is left out beside the pen's, however much of it there is, and so in an empty box", () => {
    const inks = isolate((box) => (box === 3 ? through : [pen, ...through]));
    expect(inks.map((ink) => ink && [ink.bounds[0] % 100, ink.bounds[2]])).toEqual(
      Array.from({ length: BOXES }, (_, i) => (i === 3 ? null : [40, 6])),
    );
    expect(inks.every((ink) => !ink?.isPale)).toBe(true);
  });

  it("is kept in doubt where it stands alone: another pen may have written it", () => {
    const inks = isolate((box) => (box < 2 ? [{ x: 20, share: 0.2 }] : [pen]));
    expect(inks.map((ink) => ink?.isPale === true)).toEqual([true, true, false, false, false, false]);
  });

  it("is kept in doubt where it is not so pale", () => {
    const inks = isolate((box) => (box === 0 ? [pen, { x: 50, share: 0.35 }] : [pen]));
    expect(inks.map((ink) => [ink?.bounds[2], ink?.isPale === true])).toEqual([[36, true], ...regions.slice(1).map(() => [6, false])]);
  });
});
