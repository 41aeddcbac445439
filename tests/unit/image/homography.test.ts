import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyHomography,
  homographyJacobian,
  invertHomography,
  multiplyHomography,
  solveHomography,
} from "../../../lib/image/homography.ts";

const near = fc.double({ min: -0.2, max: 0.2, noNaN: true });
/** Turn, shear, shift and perspective of a page of 210 x 297 seen by a camera in front of it. */
const view = fc
  .record({
    a: near,
    b: near,
    c: near,
    d: near,
    x: fc.integer({ min: -500, max: 500 }),
    y: fc.integer({ min: -500, max: 500 }),
    p: fc.double({ min: -8e-4, max: 8e-4, noNaN: true }),
    q: fc.double({ min: -8e-4, max: 8e-4, noNaN: true }),
  })
  .map(({ a, b, c, d, x, y, p, q }) => Float64Array.of(10 * (1 + a), 10 * b, x, 10 * c, 10 * (1 + d), y, p, q, 1));
const points = [
  [0, 0],
  [210, 0],
  [210, 297],
  [0, 297],
  [100, 50],
  [30, 200],
].map(([x, y]) => ({ x, y }));

describe("homographies", () => {
  it("are found again from exact pairs", () => {
    fc.assert(
      fc.property(view, fc.integer({ min: 4, max: 6 }), (h, n) => {
        const from = points.slice(0, n);
        const solved = solveHomography(
          from,
          from.map((p) => applyHomography(h, p)),
        );
        for (const p of [
          { x: 105, y: 148 },
          { x: 5, y: 290 },
        ]) {
          expect(applyHomography(solved, p).x).toBeCloseTo(applyHomography(h, p).x, 4);
          expect(applyHomography(solved, p).y).toBeCloseTo(applyHomography(h, p).y, 4);
        }
      }),
    );
  });

  it("invert and compose", () => {
    fc.assert(
      fc.property(view, (h) => {
        const p = applyHomography(multiplyHomography(invertHomography(h), h), { x: 77, y: 33 });
        expect(p.x).toBeCloseTo(77, 6);
        expect(p.y).toBeCloseTo(33, 6);
      }),
    );
  });

  it("have the derivative that differences give", () => {
    fc.assert(
      fc.property(view, (h) => {
        const [a, b, c, d] = homographyJacobian(h, { x: 50, y: 60 });
        const at = applyHomography(h, { x: 50, y: 60 });
        const right = applyHomography(h, { x: 50 + 1e-4, y: 60 });
        const down = applyHomography(h, { x: 50, y: 60 + 1e-4 });
        expect(a).toBeCloseTo((right.x - at.x) / 1e-4, 3);
        expect(b).toBeCloseTo((down.x - at.x) / 1e-4, 3);
        expect(c).toBeCloseTo((right.y - at.y) / 1e-4, 3);
        expect(d).toBeCloseTo((down.y - at.y) / 1e-4, 3);
      }),
    );
  });

  it("average out noise over more than four pairs", () => {
    const to = points.map((p, i) => ({ x: 3 * p.x + (i % 2 ? 0.1 : -0.1), y: 3 * p.y }));
    const p = applyHomography(solveHomography(points, to), { x: 100, y: 100 });
    expect(Math.abs(p.x - 300)).toBeLessThan(0.2);
  });

  it("refuse too few, unequal and collinear points", () => {
    expect(() => solveHomography(points.slice(0, 3), points.slice(0, 3))).toThrow(/at least 4/);
    expect(() => solveHomography(points, points.slice(0, 5))).toThrow(/as many/);
    const line = [0, 1, 2, 3].map((x) => ({ x, y: x }));
    expect(() => solveHomography(line, line)).toThrow(/one line/);
    expect(() => invertHomography(new Float64Array(9))).toThrow(/invertible/);
  });
});
