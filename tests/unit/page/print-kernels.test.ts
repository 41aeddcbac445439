import { describe, expect, it } from "vitest";
import type { Box } from "../../../lib/core/geometry.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { estimatePaper } from "../../../lib/image/estimate-paper.ts";
import type { GrayImage } from "../../../lib/image/images.ts";
import { takeRoom } from "../../../lib/image/kernels/take-room.ts";
import { bridgeTextReference } from "../../../lib/page/bridge-text.reference.ts";
import { bridgeScratch, bridgeText } from "../../../lib/page/bridge-text.ts";
import { profileLinesReference } from "../../../lib/page/line-profiles.reference.ts";
import { lineScratch, profileLines, reachOf } from "../../../lib/page/line-profiles.ts";
import { lineStrokesReference, markBandReference, type StrokesAt } from "../../../lib/page/line-strokes.reference.ts";
import type { LocatedLine } from "../../../lib/page/locate-lines.ts";
import { axesOf, openPrintRoom, partsFrom, spanOf, writeKnots } from "../../../lib/page/print-room.ts";
import { openPrintStrip, sumAcross } from "../../../lib/page/print-strip.ts";
import { subtractLinesReference } from "../../../lib/page/subtract-lines.reference.ts";
import { HIDDEN_BY_H, HIDDEN_BY_TEXT, HIDDEN_BY_V, subtractLines, subtractScratch } from "../../../lib/page/subtract-lines.ts";

const W = 211;
const H = 173;

interface Shape {
  readonly direction: "h" | "v";
  readonly from: number;
  readonly to: number;
  readonly widthPx: number;
  /** Its middle at the start, and at the end. */
  readonly at: readonly [number, number];
}

/** Sloping, at the picture's border, short, over its edge, wider than 16 px with its blur, and so short that no segment is left. */
const SHAPES: readonly (Shape & { name: string })[] = [
  { name: "level", direction: "h", from: 20.3, to: 190.6, widthPx: 3.4, at: [60.2, 60.2] },
  { name: "sloping", direction: "h", from: 9, to: 205.5, widthPx: 3.4, at: [90.9, 94.4] },
  { name: "at the border", direction: "h", from: -4, to: 214, widthPx: 2.2, at: [3.2, 9.1] },
  { name: "short", direction: "h", from: 70, to: 99.5, widthPx: 3.4, at: [130, 130] },
  { name: "too short", direction: "h", from: 70, to: 80, widthPx: 3.4, at: [150, 150] },
  { name: "wide", direction: "h", from: 30, to: 150, widthPx: 13.7, at: [140.4, 138] },
  { name: "upright", direction: "v", from: 11.2, to: 160.8, widthPx: 3.4, at: [50.7, 50.7] },
  { name: "leaning", direction: "v", from: 11.2, to: 160.8, widthPx: 3.4, at: [100.3, 95.1] },
  { name: "at the right border", direction: "v", from: -3, to: 180, widthPx: 3.4, at: [200.9, 203] },
  { name: "wide and upright", direction: "v", from: 21, to: 149, widthPx: 11.3, at: [150.4, 152] },
];

function locate({ direction, from, to, widthPx, at }: Shape): LocatedLine {
  const pieces = [0.25, 0.75].map((t) => ({ along: from + t * (to - from), centre: at[0] + t * (at[1] - at[0]) }));
  return { line: { direction, at: 0, from: 0, to: 0, lineMm: 0.3 }, from, to, widthPx, pieces };
}

/** Lines with a ragged, blurred edge and strokes across them, on paper that gets darker. */
function draw(shapes: readonly Shape[], seed: number): GrayImage {
  const rng = new Rng(seed);
  const data = new Uint8Array(W * H);
  for (let y = 0; y < H; y++) {
    for (let x = 0; x < W; x++) {
      let light = 1;
      for (const { direction, from, to, widthPx, at } of shapes) {
        const [along, across] = direction === "h" ? [x + 0.5, y + 0.5] : [y + 0.5, x + 0.5];
        if (along < from || along > to) continue;
        const off = Math.abs(across - at[0] - ((at[1] - at[0]) * (along - from)) / (to - from)) - widthPx / 2;
        light = Math.min(light, 0.08 + 0.92 * Math.min(1, Math.max(0, 0.5 + off / 2)));
      }
      const stroke = (x + 2 * y) % 71 < 5 && (x * y) % 3 !== 0 ? 0.3 : 1;
      data[y * W + x] = Math.min(255, Math.round((230 - 0.2 * x) * light * stroke + 6 * rng.float() - 3));
    }
  }
  return { width: W, height: H, data };
}

/** A few of the px that differ say more than two pictures, and are found at once. */
function expectSame(bytes: Uint8Array, at: number, wanted: Uint8Array): void {
  const differ: string[] = [];
  for (let i = 0; i < wanted.length && differ.length < 5; i++) {
    if (bytes[at + i] !== wanted[i]) differ.push(`${i % W},${Math.floor(i / W)}: ${bytes[at + i]} for ${wanted[i]}`);
  }
  expect(differ).toEqual([]);
}

const GROUPS = (["h", "v"] as const).flatMap((direction) => {
  const all = SHAPES.filter((shape) => shape.direction === direction);
  return [all, all.filter(({ widthPx }) => widthPx < 5), ...all.map((shape) => [shape])].map((shapes, i) => ({
    name: `${direction}: ${i === 0 ? "all" : i === 1 ? "all narrow ones" : shapes[0].name}`,
    shapes,
  }));
});

describe("the kernels for printed lines", () => {
  it.each(GROUPS)("profile and subtract them as the plain way does ($name)", ({ shapes }) => {
    const image = draw(shapes, 7);
    const paper = estimatePaper(image);
    const lines = shapes.map(locate);
    for (const raggedPx of shapes.length > 1 ? [0, 1] : [0]) {
      const wanted = profileLinesReference(image, paper, lines, raggedPx);
      const clean = { ...image, data: image.data.slice() };
      const covered = new Uint8Array(W * H);
      const room = openPrintRoom(
        { gray: clean, hidden: covered, paper },
        lineScratch(lines) + subtractScratch(reachOf(lines), { lines: lines.length, knots: 100 }),
      );
      const found = profileLines(room, lines, raggedPx);
      expect(found).toEqual(wanted);
      // What is subtracted lays out its tables once for lines that share their profile.
      expect(new Set(found?.map(({ profile }) => profile)).size).toBeLessThanOrEqual(1);
      if (found === null || wanted === null) continue;
      const gray = { ...image, data: image.data.slice() };
      const hidden = new Uint8Array(W * H);
      subtractLinesReference(gray, hidden, paper, wanted);
      subtractLines(room, found);
      room.finish();
      expectSame(clean.data, 0, gray.data);
      expectSame(covered, 0, hidden);
    }
  });

  it("a line is profiled and subtracted at all in most of these pictures", () => {
    const changed = GROUPS.filter(({ shapes }) => {
      const image = draw(shapes, 7);
      const paper = estimatePaper(image);
      const lines = shapes.map(locate);
      const profiled = profileLinesReference(image, paper, lines, 0);
      const hidden = new Uint8Array(W * H);
      if (profiled) subtractLinesReference({ ...image, data: image.data.slice() }, hidden, paper, profiled);
      return hidden.some((bits) => bits !== 0);
    });
    expect(changed.length).toBeGreaterThanOrEqual(GROUPS.length - 2);
  });

  it.each(SHAPES)("follow strokes from a line and mark its band as the plain way does ($name)", (shape) => {
    const located = locate(shape);
    const knots = located.pieces;
    const rng = new Rng(11);
    const ink = { width: W, height: H, data: Uint8Array.from({ length: W * H }, () => (rng.float() < 0.7 ? 1 : 0)) };
    const hidden = Uint8Array.from(
      { length: W * H },
      () => (rng.float() < 0.6 ? 1 : 0) | (rng.float() < 0.1 ? 2 : 0) | (rng.float() < 0.05 ? 4 : 0),
    );
    const [bit, other] = shape.direction === "h" ? [HIDDEN_BY_H, HIDDEN_BY_V] : [HIDDEN_BY_V, HIDDEN_BY_H];
    const axes = axesOf(ink, located);
    const { start, end } = spanOf(located, axes);
    const n = end - start;
    const { kernels, bytes, at } = takeRoom([W * H, W * H, W * H, 100 * W + 100 * H]);
    bytes.set(ink.data, at[0]);
    bytes.set(hidden, at[1]);
    bytes.fill(0, at[2], at[2] + W * H);
    const part = partsFrom(at[3]);
    const [top, bottom, up, down, places] = [part(4 * n), part(4 * n), part(n), part(n), part(16 * knots.length)];
    writeKnots({ bytes }, places, knots);
    const { along, across, depth } = axes;
    // biome-ignore format: 16 numbers
    const any = kernels.lineStrokes(at[0], at[1], places, knots.length, top, bottom, up, down, start, end, bit, other, 16, along, across, depth);
    const wanted = lineStrokesReference(ink, hidden, { located, knots }, { bit, other, longest: 16 });
    const words = new Int32Array(bytes.buffer);
    const found = wanted.map(
      (_, i): StrokesAt => ({ top: words[top / 4 + i], bottom: words[bottom / 4 + i], up: bytes[up + i], down: bytes[down + i] }),
    );
    expect(found).toEqual(wanted);
    expect(any !== 0).toBe(wanted.some((place) => place.up + place.down > 0));

    const half = shape.widthPx / 2 + 1.5;
    const band = new Uint8Array(W * H);
    markBandReference(band, ink, located, { knots, half });
    const [first, last] = [Math.max(0, Math.floor(located.from - half)), Math.min(axes.length, Math.ceil(located.to + half))];
    kernels.markBand(at[2], places, knots.length, first, last, half, along, across, depth);
    expectSame(bytes, at[2], band);

    kernels.clearHidden(at[0], at[1], W * H);
    expectSame(
      bytes,
      at[0],
      ink.data.map((value, i) => (hidden[i] === 0 ? value : 0)),
    );
  });

  it("bridge texts as the plain way does, at the picture's corners too", () => {
    const rng = new Rng(5);
    const texts: Box[] = [
      [30.4, 40.2, 25, 18.6],
      [-3, -2.5, 20, 14],
      [W - 18, H - 11.2, 25, 20],
      [100, 60, 9.5, 12],
      [106, 66, 9.5, 12],
      [150.5, 120, 30, 22],
    ];
    const isText = (x: number, y: number): boolean => texts.some(([left, top, w, h]) => x > left && x < left + w && y > top && y < top + h);
    const hidden = Uint8Array.from({ length: W * H }, (_, i) =>
      isText(i % W, Math.floor(i / W)) && rng.float() < 0.9 ? HIDDEN_BY_TEXT : 0,
    );
    const data = Uint8Array.from(hidden, (bits, i) => (bits === 0 && (i % W) + Math.floor(i / W) < 260 && rng.float() < 0.3 ? 1 : 0));
    const { kernels, bytes, at } = takeRoom([W * H, W * H, bridgeScratch(texts)]);
    bytes.set(data, at[0]);
    bytes.set(hidden, at[1]);
    bridgeText({ kernels, bytes, width: W, height: H, ink: at[0], hidden: at[1], scratch: at[2] }, texts);
    const wanted = data.slice();
    bridgeTextReference({ width: W, height: H, data: wanted }, hidden, texts);
    expectSame(bytes, at[0], wanted);
    expect(wanted).not.toEqual(data);
  });

  it.each([1, 8, 15, 16, 17, 40, 150])("sum greys and their squares along %i px as adding them up does", (n) => {
    const image = draw(SHAPES, 3);
    for (const direction of ["h", "v"] as const) {
      for (const count of [1, 7, 8, 25]) {
        const strip = openPrintStrip(image, 2.5, H + 4);
        const { sums, squares } = sumAcross(strip, direction, { from: 10, to: 10 + n, first: 5, count }, true);
        const greys = Array.from({ length: count }, (_, k) =>
          Array.from({ length: n }, (_, i) => image.data[direction === "h" ? (5 + k) * W + 10 + i : (10 + i) * W + 5 + k]),
        );
        expect([...sums]).toEqual(greys.map((own) => own.reduce((sum, grey) => sum + grey, 0)));
        expect([...squares]).toEqual(greys.map((own) => own.reduce((sum, grey) => sum + grey * grey, 0)));
      }
    }
  });
});
