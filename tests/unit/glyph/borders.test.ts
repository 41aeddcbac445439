import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { cutAlongBorders } from "../../../lib/glyph/border/cut-along-borders.ts";
import { findBorders } from "../../../lib/glyph/border/find-borders.ts";
import { sampleCells } from "../../../lib/glyph/border/sample-cells.ts";
import { buildLattice } from "../../../lib/glyph/build-lattice.ts";
import { isLeftOf } from "../../../lib/glyph/find-cuts.ts";
import { toBinary } from "../../../lib/simulate/ink-mask.ts";
import { buildWriter } from "../../../lib/simulate/simulated-writer.ts";
import { writeLine } from "../../../lib/simulate/write-line.ts";
import { blank, fill } from "../../support/draw-ink.ts";

describe("sampleCells", () => {
  it("shares each px among the cells that it lies in, with the ink about the component", () => {
    const ink = blank(100, 60);
    fill(ink, 40, 20, 3, 3);
    fill(ink, 10, 22, 1, 1);
    // 20 cells of a height of 40 px: 2 px each; the component has 1.5 cells a side, the single px lies 15 to 14.5 cells to the left of it: just beyond what is seen.
    const cells = sampleCells(ink, [40, 20, 3, 3], 40);
    expect([cells.columns, cells.rows, cells.cellPx]).toEqual([2, 2, 2]);
    const stride = 2 + 2 * 14;
    const at = (column: number, row: number): number => cells.shares[(row + 14) * stride + column + 14]!;
    expect([at(0, 0), at(1, 0), at(0, 1), at(1, 1)]).toEqual([1, 0.5, 0.5, 0.25]);
    expect(cells.shares.reduce((sum, value) => sum + value, 0)).toBeCloseTo(9 / 4);
    fill(ink, 13, 22, 1, 1);
    expect(sampleCells(ink, [40, 20, 3, 3], 40).shares[15 * stride]).toBe(0.25);
  });
});

describe("findBorders", () => {
  const scale = { cellPx: 1, columns: 9, heightPx: 20, strokePx: 1, maxBorders: 10 };

  it("finds the cheapest ways through each place, of all ways that go downwards", () => {
    // Every way down a block of 4 x 3 px, one by one; costs are drawn, so that no two ways cost the same.
    const [width, height] = [4, 3];
    const rng = new Rng(5);
    for (let time = 0; time < 20; time++) {
      const mask = { width, height, data: new Uint8Array(12).fill(1) };
      const draw = (): Float32Array => Float32Array.from({ length: 12 }, () => rng.between(0.1, 0.4));
      const costs = { right: draw(), above: draw(), below: draw() };
      const found = findBorders(mask, costs, { ...scale, columns: width, maxBorders: 1 });
      let best = { cost: Number.POSITIVE_INFINITY, at: [0, 0, 0] };
      for (let a = 0; a <= width; a++)
        for (let b = 0; b <= width; b++)
          for (let c = 0; c <= width; c++) {
            const area = a + b + c;
            if (area < 3 || area > 9) continue;
            const cost = costOf([a, b, c]);
            if (cost < best.cost) best = { cost, at: [a, b, c] };
          }
      // The cheapest with ink on both sides may not be the cheapest through any of its places: then a dearer one is found.
      expect(found[0]!.cost).toBeGreaterThanOrEqual(best.cost - 0.02);
      expect(found[0]!.cost).toBeCloseTo(costOf([...found[0]!.at]), 1);

      function costOf(at: readonly number[]): number {
        let cost = 0;
        at.forEach((b, y) => {
          if (b > 0 && b < width) cost += 0.02 + costs.right[y * width + b - 1]!;
          const next = at[y + 1];
          if (next === undefined) return;
          for (let x = b; x < next; x++) cost += 0.021 + costs.below[y * width + x]!;
          for (let x = next; x < b; x++) cost += 0.021 + costs.above[y * width + x]!;
        });
        return cost;
      }
    }
  });

  it("goes where the costs are low, whatever the ink, and past both sides of a step", () => {
    const mask = blank(9, 20);
    fill(mask, 0, 0, 9, 20);
    const dear = (): Float32Array => new Float32Array(9 * 20).fill(5);
    const costs = { right: dear(), above: dear(), below: dear() };
    // Down between the third and the fourth column, from the tenth row on between the sixth and the seventh.
    for (let y = 0; y < 20; y++) costs.right[9 * y + (y < 10 ? 2 : 5)] = 0.01;
    for (let x = 3; x < 6; x++) costs.below[9 * 9 + x] = 0.01;
    const [first] = findBorders(mask, costs, scale);
    expect([...first!.at]).toEqual(Array.from({ length: 20 }, (_, y) => (y < 10 ? 3 : 6)));
    expect(first!.area).toBe(90);
  });
});

describe("cutAlongBorders", () => {
  it("parts characters that lie over each other along a whole stroke about where the pen did", () => {
    // Three hands that neither the network's training nor its prices have seen.
    const writing = { scale: [300 / 25.4, 300 / 25.4], capHeightMm: 5, gapMm: 0.35, touching: 1, wordGap: 0.5, slope: 0 } as const;
    const pairs = ["48", "38", "10", "ZG", "mk", "an"];
    let parted = 0;
    for (const [i, text] of pairs.entries()) {
      const { masks } = writeLine(text, buildWriter(31 + i), { ...writing, rng: new Rng(i) });
      const drawn = masks.map((mask) => ({ ...toBinary(mask!), x: mask!.x, y: mask!.y }));
      const [x0, y0] = [Math.min(...drawn.map(({ x }) => x)), Math.min(...drawn.map(({ y }) => y))];
      const ink = blank(Math.max(...drawn.map((one) => one.x + one.width)) - x0, Math.max(...drawn.map((one) => one.y + one.height)) - y0);
      const own = drawn.map((one) => {
        const alone = new Uint8Array(ink.data.length);
        one.data.forEach((value, k) => {
          if (value === 1) alone[(one.y - y0 + Math.floor(k / one.width)) * ink.width + one.x - x0 + (k % one.width)] = 1;
        });
        alone.forEach((value, k) => {
          if (value === 1) ink.data[k] = 1;
        });
        return alone;
      });
      const { pieces, strokePx, heightPx } = buildLattice(ink, { sliceAbove: 9, manyCuts: true });
      const piece = pieces.reduce((a, b) => (b.area > a.area ? b : a));
      const { cuts } = cutAlongBorders(piece.mask, { ink, box: piece.box, strokePx, heightPx });
      const [left, top, width] = piece.box;
      const wrong = cuts.map(({ side }) => {
        let count = 0;
        piece.mask.data.forEach((value, k) => {
          const at = (top + Math.floor(k / width)) * ink.width + left + (k % width);
          if (value === 1 && side[k]! < 2 && own[1 - side[k]!]![at] === 1 && own[side[k]!]![at] === 0) count++;
        });
        return count / (strokePx * strokePx);
      });
      if (Math.min(...wrong) < 1) parted++;
      // Ordered by what lies left of them.
      for (const cut of cuts) for (const other of cuts) if (isLeftOf(cut, other)) expect(isLeftOf(other, cut)).toBe(false);
    }
    expect(parted).toBeGreaterThanOrEqual(5);
  });
});
