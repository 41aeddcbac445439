import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import { FIDUCIAL_CELLS, FIDUCIAL_CODES } from "../../../lib/card/fiducial-codes.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { applyHomography, type Homography, invertHomography } from "../../../lib/image/homography.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { warpGray } from "../../../lib/image/warp.ts";
import { findFiducials } from "../../../lib/page/find-fiducials.ts";
import { registerPage } from "../../../lib/page/register-page.ts";

const page = buildCard({ template: "digits", paper: "a4", seed: 1, dropOut: "none" }).pages[0];
const PX = 8;

/** An A4 page at 8 px/mm (203 dpi) with nothing but its marks. */
function drawMarks(): GrayImage {
  const width = page.widthMm * PX;
  const height = page.heightMm * PX;
  const data = new Uint8Array(width * height).fill(240);
  for (const { id, xMm, yMm, sizeMm } of page.fiducials) {
    const cell = (sizeMm * PX) / FIDUCIAL_CELLS;
    for (let r = 0; r < FIDUCIAL_CELLS; r++) {
      for (let c = 0; c < FIDUCIAL_CELLS; c++) {
        const inner = r > 0 && c > 0 && r < 7 && c < 7;
        if (inner && FIDUCIAL_CODES[id][(r - 1) * 6 + c - 1] === 1) continue;
        const x0 = (xMm - sizeMm / 2) * PX + c * cell;
        const y0 = (yMm - sizeMm / 2) * PX + r * cell;
        for (let y = y0; y < y0 + cell; y++) for (let x = x0; x < x0 + cell; x++) data[Math.round(y) * width + Math.round(x)] = 20;
      }
    }
  }
  return { width, height, data };
}

const printed = drawMarks();

/** Seen from above at `turn`, `tilt` and `scale`: page px -> picture px. */
function cameraMap(turn: number, tilt: number, scale: number): Homography {
  const a = (turn * Math.PI) / 180;
  const [c, s] = [Math.cos(a) * scale, Math.sin(a) * scale];
  const [cx, cy] = [printed.width / 2, printed.height / 2];
  const w = tilt / 3000;
  const shift = Float64Array.of(
    c,
    -s,
    -c * cx + s * cy,
    s,
    c,
    -s * cx - c * cy,
    (w * c) / scale,
    (w * -s) / scale,
    1 - (w * (c * cx - s * cy)) / scale,
  );
  const centred = Float64Array.of(1, 0, 1300, 0, 1, 1300, 0, 0, 1);
  const out = new Float64Array(9);
  for (let r = 0; r < 3; r++)
    for (let k = 0; k < 3; k++)
      out[3 * r + k] = centred[3 * r] * shift[k] + centred[3 * r + 1] * shift[3 + k] + centred[3 * r + 2] * shift[6 + k];
  return out;
}

describe("findFiducials and registerPage", () => {
  it("find all four marks and place the page to a fraction of a px, at any turn, tilt and scale", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 359 }),
        fc.double({ min: -0.6, max: 0.6, noNaN: true }),
        fc.double({ min: 0.6, max: 1.1, noNaN: true }),
        (turn, tilt, scale) => {
          const map = cameraMap(turn, tilt, scale);
          for (const corner of [
            [8, 8],
            [202, 8],
            [202, 289],
            [8, 289],
          ]) {
            const { x, y } = applyHomography(map, { x: corner[0] * PX, y: corner[1] * PX });
            fc.pre(x > 0 && y > 0 && x < 2600 && y < 2600);
          }
          const picture = warpGray(printed, invertHomography(map), 2600, 2600);
          const marks = findFiducials(picture);
          expect(marks.map((mark) => mark.id).sort()).toEqual([0, 1, 2, 3]);
          const registration = registerPage(marks, page);
          for (const mm of [
            { x: 20, y: 30 },
            { x: 105, y: 148 },
            { x: 190, y: 270 },
          ]) {
            const truth = applyHomography(map, { x: mm.x * PX, y: mm.y * PX });
            const found = applyHomography(registration!.mmToPx, mm);
            expect(Math.hypot(found.x - truth.x, found.y - truth.y)).toBeLessThan(0.8);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("tells the turn", () => {
    for (const turn of [0, 90, 180, -90, 17]) {
      const picture = warpGray(printed, invertHomography(cameraMap(turn, 0, 0.8)), 2600, 2600);
      const { rotationDeg, pxPerMm } = registerPage(findFiducials(picture), page)!;
      expect(Math.abs(((rotationDeg - turn + 540) % 360) - 180)).toBeLessThan(0.1);
      expect(pxPerMm).toBeCloseTo(0.8 * PX, 1);
    }
  });

  it("finds them at 100 dpi in a sensor's noise, in which a plain look sees none", () => {
    const rng = new Rng(5);
    const picture = warpGray(printed, invertHomography(cameraMap(20, 0, 0.49)), 2000, 2000);
    const data = picture.data.map((value) => Math.max(0, Math.min(255, 30 + 0.7 * value + rng.between(-70, 70))));
    const marks = findFiducials({ ...picture, data });
    expect(marks.map((mark) => mark.id).sort()).toEqual([0, 1, 2, 3]);
  });

  it("needs three marks; with one covered the page is still placed", () => {
    const picture = warpGray(printed, invertHomography(cameraMap(5, 0.2, 1)), 2600, 2600);
    const marks = findFiducials(picture);
    const all = registerPage(marks, page)!;
    for (const covered of [0, 1, 2, 3]) {
      const three = registerPage(
        marks.filter((mark) => mark.id !== covered),
        page,
      )!;
      expect(three.used).toHaveLength(3);
      for (const mm of [
        { x: 20, y: 30 },
        { x: 190, y: 270 },
      ]) {
        const a = applyHomography(all.mmToPx, mm);
        const b = applyHomography(three.mmToPx, mm);
        // The mark's corner itself is extrapolated: a quarter of a millimetre, which the box's own lines then correct.
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThan(0.35 * PX);
      }
    }
    expect(registerPage(marks.slice(0, 2), page)).toBeNull();
  });

  it("finds nothing on noise, on blank paper and in tiny images", () => {
    expect(
      findFiducials({ width: 400, height: 300, data: Uint8Array.from({ length: 120_000 }, (_, i) => (i * 2654435761) >>> 24) }),
    ).toEqual([]);
    expect(findFiducials({ width: 400, height: 300, data: new Uint8Array(120_000).fill(255) })).toEqual([]);
    expect(findFiducials({ width: 1, height: 1, data: Uint8Array.of(0) })).toEqual([]);
  });
});
