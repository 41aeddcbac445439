import { describe, expect, it } from "vitest";
import type { Field } from "../../../lib/card/card-manifest.ts";
import type { Box } from "../../../lib/core/geometry.ts";
import { estimatePaper } from "../../../lib/image/estimate-paper.ts";
import type { BinaryImage, GrayImage } from "../../../lib/image/images.ts";
import { thresholdLocal } from "../../../lib/image/threshold-local.ts";
import { removeForm, subtractForm } from "../../../lib/page/form-removal.ts";
import { isolateBoxes } from "../../../lib/page/isolate-boxes.ts";
import type { LocatedField, LocatedLine } from "../../../lib/page/locate-lines.ts";

const W = 240;
const H = 160;
const PAPER = 240;

/** Shares of a pixel that are covered, drawn at 4 x 4 points each. */
function cover(isIn: (x: number, y: number) => boolean): Float32Array {
  const out = new Float32Array(W * H);
  for (let i = 0; i < out.length; i++) {
    for (let k = 0; k < 16; k++)
      if (isIn((i % W) + ((k % 4) + 0.5) / 4, Math.floor(i / W) + (Math.floor(k / 4) + 0.5) / 4)) out[i] += 1 / 16;
  }
  return out;
}

/** A stroke 5 px wide. */
function stroke(x0: number, y0: number, x1: number, y1: number): Float32Array {
  const [dx, dy] = [x1 - x0, y1 - y0];
  return cover((x, y) => {
    const t = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(x - x0 - t * dx, y - y0 - t * dy) <= 2.5;
  });
}

/** A box's lower line, 3.4 px wide at y = 80, its upper one, and its right one at x = 200. */
const LINE_AT = 80.3;
const RIGHT = 200.1;
const isHorizontal = (x: number, y: number): boolean =>
  x > 20 && x < RIGHT + 1.7 && (Math.abs(y - LINE_AT) <= 1.7 || Math.abs(y - 20) <= 1.7);
const isVertical = (x: number, y: number): boolean => y > 20 && y < LINE_AT + 1.7 && Math.abs(x - RIGHT) <= 1.7;
const print = cover((x, y) => isHorizontal(x, y) || isVertical(x, y));

function located(direction: "h" | "v", at: number, from: number, to: number): LocatedLine {
  // Found a px beside its place, as it may be.
  return {
    line: { direction, at: 0, from: 0, to: 0, lineMm: 0.29 },
    from,
    to,
    widthPx: 3.4,
    pieces: [{ along: (from + to) / 2, centre: at + 0.8 }],
  };
}
const field: LocatedField = {
  field: { name: "r01", kind: "digits", prompt: "1", box: [0, 0, 1, 1], boxes: [] } satisfies Field,
  lines: [located("h", LINE_AT, 20, RIGHT), located("h", 20, 20, RIGHT), located("v", RIGHT, 20, LINE_AT)],
  shift: [0, 0],
  seenShare: 1,
  boxesSeen: [],
  boxesOff: [],
  residualMm: 0,
};

function page(writing: Float32Array | null, inkLight: number, printLight: number): GrayImage {
  const data = Uint8Array.from(print, (covered, i) => {
    const written = 1 - (writing?.[i] ?? 0) * (1 - inkLight);
    return Math.round(PAPER * (1 - covered * (1 - printLight)) * written + 2 * Math.sin(i * 12.9898));
  });
  return { width: W, height: H, data };
}

function read(image: GrayImage): BinaryImage {
  const unprinted = subtractForm(image, [field], []);
  const ink = thresholdLocal(unprinted.gray, { paper: unprinted.paper });
  return removeForm(ink, unprinted, []).ink;
}

/** Px of the stroke that are missing, and px too many, of the stroke's own. */
function compare(out: BinaryImage, writing: Float32Array): { missing: number; extra: number; area: number } {
  let [missing, extra, area] = [0, 0, 0];
  out.data.forEach((value, i) => {
    if (writing[i] >= 0.5) area++;
    if (writing[i] > 0.6 && value === 0) missing++;
    if (writing[i] < 0.4 && value === 1) extra++;
  });
  return { missing, extra, area };
}

const INKS = [
  { name: "a pen", inkLight: 0.2, printLight: 0.05 },
  { name: "a pencil", inkLight: 0.6, printLight: 0.05 },
  { name: "a pencil on a pale line", inkLight: 0.6, printLight: 0.6 },
  { name: "a pen on lines that dropped out", inkLight: 0.2, printLight: 0.99 },
];

describe("removeForm", () => {
  it.each(INKS)("leaves nothing of the lines alone, and blank paper under them ($name)", ({ inkLight, printLight }) => {
    expect(read(page(null, inkLight, printLight)).data.includes(1)).toBe(false);
  });

  it.each(INKS)("keeps strokes that cross a line, upright and slanted, of $name", ({ inkLight, printLight }) => {
    for (const lean of [0, 10, -14, 25]) {
      const writing = stroke(100 - lean, 50, 100 + lean, 110);
      const { missing, extra } = compare(read(page(writing, inkLight, printLight)), writing);
      expect(missing).toBeLessThanOrEqual(4);
      expect(extra).toBeLessThanOrEqual(4);
    }
  });

  it.each(INKS)("keeps a stroke that runs along a line, in it and beside it, of $name", ({ inkLight, printLight }) => {
    for (const [y0, y1] of [
      [LINE_AT, LINE_AT],
      [LINE_AT - 2, LINE_AT - 2],
      [LINE_AT + 3, LINE_AT - 3],
    ]) {
      const writing = stroke(60, y0, 110, y1);
      const { missing, extra, area } = compare(read(page(writing, inkLight, printLight)), writing);
      expect(missing).toBeLessThan(0.12 * area);
      expect(extra).toBeLessThan(0.12 * area);
    }
  });

  it("ends a stroke that stops on a line within the line", () => {
    const out = read(page(stroke(100, 40, 100, LINE_AT - 2), 0.2, 0.05));
    expect(out.data[76 * W + 100]).toBe(1);
    expect(out.data.subarray(83 * W).includes(1)).toBe(false);
  });

  it("leaves its argument alone", () => {
    const image = page(stroke(100, 50, 100, 110), 0.2, 0.05);
    const before = image.data.slice();
    read(image);
    expect(image.data).toEqual(before);
  });
});

function blank(): BinaryImage {
  return { width: W, height: H, data: new Uint8Array(W * H) };
}

function fill(image: BinaryImage, [x, y, w, h]: Box): void {
  for (let row = y; row < y + h; row++) image.data.fill(1, row * W + x, row * W + x + w);
}

describe("isolateBoxes", () => {
  const regions = [
    { box: [10, 10, 40, 50] as const, territory: [8, 8, 46, 56] as const },
    { box: [60, 10, 40, 50] as const, territory: [54, 8, 48, 56] as const },
  ];
  const isolateAll = (draw: (image: BinaryImage) => void, texts: Box[] = []) => {
    const ink = blank();
    draw(ink);
    const gray = { ...ink, data: ink.data.map((value) => (value === 1 ? 60 : PAPER)) };
    return isolateBoxes({ ink, gray, paper: estimatePaper(gray), band: new Uint8Array(W * H) }, regions, texts);
  };
  const isolate = (draw: (image: BinaryImage) => void, texts: Box[] = []) => isolateAll(draw, texts).inks;

  it("says how much of the writing is dots too small to be strokes, as halftone leaves of a pencil's, and that dust is none", () => {
    const dots = (image: BinaryImage, size: number): void => {
      for (let y = 12; y < 56; y += 8) for (let x = 12; x < 96; x += 8) fill(image, [x, y, size, size]);
    };
    expect(isolateAll((image) => dots(image, 6)).dottedShare).toBe(1);
    expect(isolateAll((image) => dots(image, 7)).dottedShare).toBe(0);
    expect(isolateAll((image) => dots(image, 2)).dottedShare).toBe(0);
    const both = isolateAll((image) => {
      dots(image, 6);
      fill(image, [10, 59, 40, 5]);
    }).dottedShare;
    expect(both).toBeGreaterThan(0.9);
    expect(both).toBeLessThan(0.95);
  });

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
