import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { takeRoom } from "../../../lib/image/kernels/take-room.ts";
import { findRunComponentsReference } from "../../../lib/image/run-components.reference.ts";
import { findRunComponents } from "../../../lib/image/run-components.ts";
import { findStrokeWidth, LONGEST_PX, medianWidth } from "../../../lib/image/stroke-width.ts";

function noise(width: number, height: number, share: number): BinaryImage {
  const rng = new Rng(width + 7 * height);
  return { width, height, data: Uint8Array.from({ length: width * height }, () => (rng.float() < share ? 1 : 0)) };
}

/** Widths about a chunk of 16 px, and an image of several strips. */
const SIZES = [
  [1, 1],
  [1, 40],
  [15, 9],
  [16, 9],
  [17, 9],
  [32, 12],
  [33, 12],
  [3001, 90],
] as const;
const IMAGES = SIZES.flatMap(([width, height]) =>
  [0, 0.02, 0.1, 0.55, 0.9, 1].map((share) => ({ name: `${width} x ${height} px, ${share} of them ink`, width, height, share })),
).filter(({ width, share }) => width < 1000 || share === 0.02);

describe("findRunComponents", () => {
  it.each(IMAGES)("finds what filling from px to px finds ($name)", ({ width, height, share }) => {
    const image = noise(width, height, share);
    expect(findRunComponents(image)).toEqual(findRunComponentsReference(image));
  });

  it("joins the two arms of a U, and of a comb, below", () => {
    const rows = ["1.1.1.1", "1.1.1.1", "1111111"];
    const image = { width: 7, height: 3, data: Uint8Array.from(rows.join(""), (char) => (char === "1" ? 1 : 0)) };
    expect(findRunComponents(image).components).toEqual([{ label: 1, area: 15, box: [0, 0, 7, 3] }]);
  });
});

describe("the kernel countRuns", () => {
  it.each(IMAGES)("gives the width of strokes that findStrokeWidth does ($name)", ({ width, height, share }) => {
    const image = noise(width, height, share);
    const { kernels, bytes, at } = takeRoom([width * height, 4 * LONGEST_PX]);
    bytes.set(image.data, at[0]);
    bytes.fill(0, at[1], at[1] + 4 * LONGEST_PX);
    kernels.countRuns(at[0], width, height, at[1], LONGEST_PX);
    expect(medianWidth(new Int32Array(bytes.buffer, at[1], LONGEST_PX))).toBe(findStrokeWidth(image));
  });
});
