import { estimatePaper, type PaperMap, updateDarkest } from "../image/estimate-paper.ts";
import type { BinaryImage, GrayImage } from "../image/images.ts";
import { takePictureRoom } from "../image/kernels/take-room.ts";
import { takeBytes } from "../image/page-bytes.ts";
import { LONGEST_PX, medianWidth } from "../image/stroke-width.ts";
import { bridgeScratch, bridgeText } from "./bridge-text.ts";
import { lineScratch, type ProfiledLine, profileLines, reachOf } from "./line-profiles.ts";
import type { LocatedField, LocatedLine } from "./locate-lines.ts";
import { axesOf, openPrintRoom, writeKnots } from "./print-room.ts";
import { type InkRoom, restoreStrokes, strokeScratch } from "./restore-strokes.ts";
import { subtractLines, subtractScratch } from "./subtract-lines.ts";
import { type LocatedText, subtractTexts } from "./subtract-texts.ts";

/** The band of a line: its printed width and this much more on each side. */
const EDGE_SLACK_PX = 1.5;
/** A ball pen's, where the page has too little writing to tell. */
const USUAL_STROKE_PX = 5;

/** A page's grey image without its print. */
export interface Unprinted {
  /** Paper and writing; where print hides what was written, paper. */
  readonly gray: GrayImage;
  readonly paper: PaperMap;
  /** Per px, bits `HIDDEN_BY_*`. */
  readonly hidden: Uint8Array;
  /** The lines that are there; and those of which nothing is seen (dropped out). */
  readonly lines: readonly ProfiledLine[];
  readonly unseen: readonly LocatedLine[];
}

export interface FormRemoved {
  readonly ink: BinaryImage;
  /** What the ink was found in. */
  readonly gray: GrayImage;
  readonly paper: PaperMap;
  /** Per px: not 0 within a printed line's band. What is left there alone is a remnant of print. */
  readonly band: Uint8Array;
}

/**
 * Takes the print out of the grey image: lines and texts are measured where nobody wrote on them, and the light that they take away
 * is given back. What stays hidden under black print is put back by `removeForm`.
 * @param gray at 300 dpi; not changed
 * @param raggedPx of a 1-bit scan: the size of its px in px of `gray`
 */
export function subtractForm(gray: GrayImage, fields: readonly LocatedField[], texts: readonly LocatedText[], raggedPx = 0): Unprinted {
  const paper = estimatePaper(gray);
  const kinds = fields.flatMap(({ lines }) => ["h", "v"].map((direction) => lines.filter(({ line }) => line.direction === direction)));
  const clean = { ...gray, data: takeBytes(gray.data.length, true) };
  clean.data.set(gray.data);
  const hidden = takeBytes(gray.data.length);
  const room = openPrintRoom({ gray: clean, hidden, paper }, Math.max(0, ...kinds.map(scratchFor)));
  const lines: ProfiledLine[] = [];
  const unseen: LocatedLine[] = [];
  for (const own of kinds) {
    const profiled = profileLines(room, own, raggedPx);
    if (profiled) lines.push(...profiled);
    else unseen.push(...own);
  }
  subtractLines(room, lines);
  room.finish();
  subtractTexts(gray, clean, hidden, { paper, texts });
  return { gray: clean, paper: updateDarkest(paper, clean), hidden, lines, unseen };
}

/** What measuring lines of one kind, then taking them out, needs of the kernels' memory. */
function scratchFor(lines: readonly LocatedLine[]): number {
  if (lines.length === 0) return 0;
  const scratch = lineScratch(lines);
  return Math.max(scratch, subtractScratch(reachOf(lines), { lines: lines.length, knots: scratch >> 4 }));
}

/**
 * The writing alone: in the ink of an image without its print, strokes that lines and texts hid are put back, and what is left of the
 * lines' edges is taken away.
 * @param ink of `unprinted.gray`; changed in place
 */
export function removeForm(ink: BinaryImage, unprinted: Unprinted, texts: readonly LocatedText[]): FormRemoved {
  const { hidden, lines, unseen, gray, paper } = unprinted;
  const { width, height } = ink;
  const bands = [...lines, ...unseen.map((located) => ({ located, knots: located.pieces }))];
  const mostKnots = Math.max(0, ...bands.map(({ knots }) => knots.length));
  const size = width * height;
  const boxes = texts.map(({ box }) => box);
  const scratch = Math.max(strokeScratch(Math.max(width, height), mostKnots), bridgeScratch(boxes));
  const band = takeBytes(size);
  const { kernels, bytes, at, read, change, finish } = takePictureRoom([scratch], { read: [hidden], change: [ink.data, band] });
  const room: InkRoom = { kernels, bytes, width, height, ink: change[0], hidden: read[0], scratch: at[0] };
  kernels.clearHidden(room.ink, room.hidden, size);
  const strokePx = strokePxOf(room);
  for (const line of lines) restoreStrokes(room, line, strokePx);
  bridgeText(room, boxes);
  for (const line of bands) markBand(room, change[1], line);
  finish();
  return { ink, gray, paper, band };
}

/** The pen's width, see `findStrokeWidth`: of a whole page's ink, by a kernel. */
function strokePxOf({ kernels, bytes, ink, width, height, scratch }: InkRoom): number {
  bytes.fill(0, scratch, scratch + 4 * LONGEST_PX);
  kernels.countRuns(ink, width, height, scratch, LONGEST_PX);
  return medianWidth(new Int32Array(bytes.buffer, scratch, LONGEST_PX)) ?? USUAL_STROKE_PX;
}

/** Marks the line's band in the picture at `band`. */
function markBand(room: InkRoom, band: number, { located, knots }: Pick<ProfiledLine, "located" | "knots">): void {
  const { length, depth, along, across } = axesOf(room, located);
  const half = located.widthPx / 2 + EDGE_SLACK_PX;
  const end = Math.min(length, Math.ceil(located.to + half));
  const start = Math.max(0, Math.floor(located.from - half));
  writeKnots(room, room.scratch, knots);
  room.kernels.markBand(band, room.scratch, knots.length, start, end, half, along, across, depth);
}
