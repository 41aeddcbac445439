import { describe, expect, it } from "vitest";
import type { Box } from "../../../lib/core/geometry.ts";
import { findComponents } from "../../../lib/image/connected-components.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { NIST_FIELDS, NIST_PAGE } from "../../../lib/page/nist-form.ts";
import { isolateField } from "../../../lib/page/nist-isolate-field.ts";

const AS_IT_IS = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
const LINE = 7;

/** A page with one field's box and strokes of 6 px. */
function page(name: string, strokes: readonly Box[]): { field: (typeof NIST_FIELDS)[number]; image: BinaryImage } {
  const field = NIST_FIELDS.find((one) => one.name === name)!;
  const image = { ...NIST_PAGE, data: new Uint8Array(NIST_PAGE.width * NIST_PAGE.height) };
  const paint = ([x, y, w, h]: Box): void => {
    for (let row = y; row < y + h; row++) image.data.fill(1, row * image.width + x, row * image.width + x + w);
  };
  const [x, y, w, h] = field.box.map(Math.round) as unknown as Box;
  for (const edge of [y, y + h]) paint([x - 3, edge - 3, w + LINE, LINE]);
  for (const edge of [x, x + w]) paint([edge - 3, y - 3, LINE, h + LINE]);
  for (const stroke of strokes) paint(stroke);
  return { field, image };
}

/** Left edges on the page of what was kept, from left to right. */
function keptAt(name: string, strokes: readonly Box[]): number[] {
  const { field, image } = page(name, strokes);
  const { ink, region } = isolateField(image, field, AS_IT_IS);
  return findComponents(ink)
    .components.map(({ box }) => box[0] + region[0])
    .sort((a, b) => a - b);
}

describe("isolateField", () => {
  // The right line of f32 lies at 2298, that of f05 at 2122.
  const inside: Box = [2200, 1930, 6, 40];

  it("keeps the last letters of an alphabet that go on behind the box", () => {
    expect(keptAt("f32", [inside, [2320, 1930, 6, 40], [2360, 1925, 6, 50]])).toEqual([2200, 2320, 2360]);
  });

  it("leaves out what stands apart, above or below the box's rows, or is a scanner's dark edge", () => {
    const apart: Box = [2400, 1930, 6, 40];
    const above: Box = [2320, 1840, 6, 40];
    const below: Box = [2330, 2010, 6, 40];
    const edge: Box = [2340, 1800, 30, 400];
    expect(keptAt("f32", [inside, apart, above, below, edge])).toEqual([2200]);
  });

  it("leaves out what stands behind a digit field, where a neighbour may", () => {
    expect(
      keptAt("f05", [
        [2050, 790, 6, 40],
        [2140, 790, 6, 40],
      ]),
    ).toEqual([2050]);
  });
});
