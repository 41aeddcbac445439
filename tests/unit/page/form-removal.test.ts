import { describe, expect, it } from "vitest";
import type { Box } from "../../../lib/core/geometry.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { removeForm } from "../../../lib/page/form-removal.ts";
import { isolateBoxes } from "../../../lib/page/isolate-boxes.ts";
import type { LocatedLine } from "../../../lib/page/locate-lines.ts";

const W = 120;
const H = 80;

function blank(): BinaryImage {
  return { width: W, height: H, data: new Uint8Array(W * H) };
}

function fill(image: BinaryImage, [x, y, w, h]: Box): void {
  for (let row = y; row < y + h; row++) image.data.fill(1, row * W + x, row * W + x + w);
}

/** A stroke 5 px wide from (x0, y0) to (x1, y1), going down. */
function stroke(image: BinaryImage, x0: number, y0: number, x1: number, y1: number): void {
  for (let y = y0; y <= y1; y++) {
    const x = Math.round(x0 + ((x1 - x0) * (y - y0)) / (y1 - y0));
    fill(image, [x - 2, y, 5, 1]);
  }
}

const horizontal: LocatedLine = {
  line: { direction: "h", at: 0, from: 0, to: 0, lineMm: 0.34 },
  from: 10,
  to: 110,
  widthPx: 4,
  pieces: [{ along: 60, centre: 42 }],
};

function withLine(draw: (image: BinaryImage) => void): BinaryImage {
  const image = blank();
  fill(image, [10, 40, 100, 4]);
  draw(image);
  return image;
}

describe("removeForm", () => {
  it("takes a bare line away wholly, ragged edges and all", () => {
    const ink = withLine((image) => {
      for (let x = 12; x < 108; x += 7) fill(image, [x, 39, 2, 1]);
    });
    expect(removeForm(ink, [horizontal]).ink.data.includes(1)).toBe(false);
  });

  it("keeps strokes that cross, straight and slanted", () => {
    for (const lean of [0, 10, -14, 25]) {
      const only = blank();
      stroke(only, 60 - lean, 20, 60 + lean, 64);
      const ink = withLine((image) => stroke(image, 60 - lean, 20, 60 + lean, 64));
      const { ink: out } = removeForm(ink, [horizontal]);
      let missing = 0;
      let extra = 0;
      out.data.forEach((value, i) => {
        if (only.data[i] && !value) missing++;
        if (!only.data[i] && value) extra++;
      });
      // Of 20 to 30 px of stroke within the line.
      expect(missing).toBeLessThanOrEqual(8);
      expect(extra).toBeLessThanOrEqual(8);
    }
  });

  it("ends a stroke that stops on the line at the line's edge", () => {
    const { ink: out } = removeForm(
      withLine((image) => stroke(image, 60, 20, 60, 41)),
      [horizontal],
    );
    expect(out.data[39 * W + 60]).toBe(1);
    for (let y = 40; y < 46; y++) expect(out.data[y * W + 60]).toBe(0);
  });

  it("does not take a box's corner for a stroke", () => {
    const ink = withLine((image) => fill(image, [10, 10, 4, 34]));
    const vertical: LocatedLine = {
      line: { direction: "v", at: 0, from: 0, to: 0, lineMm: 0.34 },
      from: 10,
      to: 44,
      widthPx: 4,
      pieces: [{ along: 27, centre: 12 }],
    };
    expect(removeForm(ink, [horizontal, vertical]).ink.data.includes(1)).toBe(false);
  });

  it("leaves its argument alone", () => {
    const ink = withLine(() => {});
    const before = ink.data.slice();
    removeForm(ink, [horizontal]);
    expect(ink.data).toEqual(before);
  });
});

describe("isolateBoxes", () => {
  const regions = [
    { box: [10, 10, 40, 50] as const, territory: [8, 8, 46, 56] as const },
    { box: [60, 10, 40, 50] as const, territory: [54, 8, 48, 56] as const },
  ];
  const isolate = (draw: (image: BinaryImage) => void, texts: Box[] = []) => {
    const ink = blank();
    draw(ink);
    return isolateBoxes({ ink, band: new Uint8Array(W * H) }, regions, texts);
  };

  it("takes ink that leaves its box whole, and leaves the neighbour's", () => {
    const [left, right] = isolate((image) => {
      fill(image, [20, 20, 45, 5]);
      fill(image, [75, 30, 6, 20]);
    });
    expect(left?.bounds).toEqual([20, 20, 45, 5]);
    expect(right?.bounds).toEqual([75, 30, 6, 20]);
  });

  it("cuts ink that is as much one box's as the other's between them", () => {
    const [left, right] = isolate((image) => fill(image, [20, 20, 68, 6]));
    expect(left?.bounds).toEqual([20, 20, 34, 6]);
    expect(right?.bounds).toEqual([54, 20, 34, 6]);
  });

  it("joins the parts of one character, leaves out specks and print, and says blank", () => {
    const [left, right] = isolate(
      (image) => {
        fill(image, [30, 15, 4, 4]);
        fill(image, [30, 25, 4, 20]);
        fill(image, [20, 50, 2, 2]);
        fill(image, [70, 12, 8, 8]);
      },
      [[68, 10, 14, 12]],
    );
    expect(left?.bounds).toEqual([30, 15, 4, 30]);
    expect(right).toBeNull();
  });
});
