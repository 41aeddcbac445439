import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import type { Point } from "../../../lib/core/geometry.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { applyHomography, type Homography, solveHomography } from "../../../lib/image/homography.ts";
import type { FoundFiducial } from "../../../lib/page/find-fiducials.ts";
import { groupMarks } from "../../../lib/page/group-marks.ts";

const page = buildCard({ template: "digits", paper: "a4", seed: 1, dropOut: "none" }).pages[0];

/** A view of a card with its middle at (x, y) px: turned, with corners pulled about by up to 8 % of its size. */
function viewOf(x: number, y: number, turn: number, rng: Rng): Homography {
  const [c, s] = [Math.cos(turn) * 5, Math.sin(turn) * 5];
  const corners = [
    [0, 0],
    [210, 0],
    [210, 297],
    [0, 297],
  ];
  return solveHomography(
    corners.map(([u, v]) => ({ x: u, y: v })),
    corners.map(([u, v]) => ({
      x: x + c * (u - 105) - s * (v - 148.5) + rng.between(-60, 60),
      y: y + s * (u - 105) + c * (v - 148.5) + rng.between(-60, 60),
    })),
  );
}

function marksOf(view: Homography, ids: readonly number[]): FoundFiducial[] {
  return ids.map((id) => {
    const { xMm, yMm } = page.fiducials[id];
    const at = (dx: number, dy: number): Point => applyHomography(view, { x: xMm + dx, y: yMm + dy });
    return { id, wrongBits: id % 2, corners: [at(-5, -5), at(5, -5), at(5, 5), at(-5, 5)] };
  });
}

describe("groupMarks", () => {
  it("tells the marks of up to four cards apart in any view, each with at most one mark lost, and orders them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 4 }), (seed, count) => {
        const rng = new Rng(seed);
        const cards = Array.from({ length: count }, (_, k) => {
          const lost = rng.int(5);
          const view = viewOf(1200 + 2000 * (k % 2), 1200 + 2000 * (k >> 1), rng.between(0, 6.28), rng);
          return marksOf(
            view,
            [0, 1, 2, 3].filter((id) => id !== lost),
          );
        });
        const mixed = cards.flat().sort((a, b) => a.corners[0].x * 7.1 - b.corners[0].x * 7.1);
        const groups = groupMarks(mixed);
        const names = (group: readonly FoundFiducial[]): string =>
          group
            .map((mark) => JSON.stringify(mark))
            .sort()
            .join();
        expect(groups.map(names).sort()).toEqual(cards.map(names).sort());
        expect(names(groups[0])).toBe(names(cards[0]));
      }),
      { numRuns: 40 },
    );
  });

  it("leaves one card's marks together whatever their number, and a stray mark out", () => {
    const rng = new Rng(3);
    const whole = marksOf(viewOf(1200, 1200, 0.1, rng), [0, 1, 2, 3]);
    expect(groupMarks([])).toEqual([]);
    expect(groupMarks(whole.slice(0, 2))).toEqual([whole.slice(0, 2)]);
    expect(groupMarks(whole)).toEqual([whole]);
    const stray = marksOf(viewOf(3600, 900, 0.4, rng), [2]);
    expect(groupMarks([...whole, ...stray])).toEqual([whole]);
  });

  it("keeps two marks of a card that is cut off as a card of their own", () => {
    const rng = new Rng(4);
    const whole = marksOf(viewOf(1200, 1200, 0, rng), [0, 1, 2, 3]);
    const cut = marksOf(viewOf(3400, 1200, 0, rng), [0, 3]);
    expect(groupMarks([...cut, ...whole])).toEqual([whole, cut]);
  });
});
