import { describe, expect, it } from "vitest";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { findStrokeWidth } from "../../../lib/image/stroke-width.ts";

/** Rows written as text, `#` = ink. */
function image(rows: readonly string[]): BinaryImage {
  return { width: rows[0].length, height: rows.length, data: Uint8Array.from(rows.join(""), (char) => (char === "#" ? 1 : 0)) };
}

describe("findStrokeWidth", () => {
  it("is the median of the horizontal runs, specks and long bars left out", () => {
    const bar = "#".repeat(30);
    const rows = [".###..####".padEnd(30, "."), "..###..#".padEnd(30, "."), ".###".padEnd(30, "."), bar];
    // runs 3, 4, 3, (1), 3, (30)
    expect(findStrokeWidth(image(rows))).toBe(3);
  });

  it("counts within a window only", () => {
    expect(findStrokeWidth(image(["####..##", "####..##"]), { x0: 5, y0: 0, x1: 8, y1: 2 })).toBe(2);
  });

  it("finds none where there is no stroke", () => {
    expect(findStrokeWidth(image(["....", ".#.."]))).toBeNull();
  });
});
