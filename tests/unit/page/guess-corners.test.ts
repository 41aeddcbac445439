import { describe, expect, it } from "vitest";
import { buildPageFrame } from "../../../lib/card/page-frame.ts";
import { applyHomography } from "../../../lib/image/homography.ts";
import { markQuad } from "../../../lib/page/find-mark-near.ts";
import { guessCorners } from "../../../lib/page/guess-corners.ts";

const { fiducials } = buildPageFrame("a4", "");
const PICTURE = { width: 3000, height: 4000 };
/** Turned upside down and a little more, 10 px a mm. */
const TURNED = Float64Array.of(-9.9, 1, 2500, -1, -9.9, 3600, 0, 0, 1);
/** Seen at a slant. */
const SLANTED = Float64Array.of(9, 0.5, 300, 0.3, 10, 200, 0.0004, 0.0007, 1);

describe("guessCorners", () => {
  const at = (map: Float64Array) => fiducials.map(({ xMm, yMm }) => applyHomography(map, { x: xMm, y: yMm }));
  const found = (map: Float64Array, ids: readonly number[]) =>
    fiducials.filter(({ id }) => ids.includes(id)).map((mark) => ({ id: mark.id, corners: markQuad(map, mark), wrongBits: 0 }));
  const furthest = (map: Float64Array, ids: readonly number[]): number =>
    Math.max(...guessCorners(found(map, ids), fiducials, PICTURE).map((p, i) => Math.hypot(p.x - at(map)[i].x, p.y - at(map)[i].y)));

  it("follows from one mark or two where the card is seen from straight above, however it is turned", () => {
    expect(furthest(TURNED, [2])).toBeLessThan(0.01);
    expect(furthest(TURNED, [0, 3])).toBeLessThan(0.01);
  });

  it("follows from three at a slant", () => {
    expect(furthest(SLANTED, [0, 1, 3])).toBeLessThan(0.01);
  });

  it("starts inside the picture without any, clockwise from its top left", () => {
    const [a, , c] = guessCorners([], fiducials, PICTURE);
    expect([a.x, a.y, c.x, c.y]).toEqual([240, 320, 2760, 3680].map((value) => expect.closeTo(value, 6) as number));
  });
});
