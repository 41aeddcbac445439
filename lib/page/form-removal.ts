import { estimatePaper, type PaperMap, updateDarkest } from "../image/estimate-paper.ts";
import type { BinaryImage, GrayImage } from "../image/images.ts";
import { takeBytes } from "../image/page-bytes.ts";
import { findStrokeWidth } from "../image/stroke-width.ts";
import { bridgeText } from "./bridge-text.ts";
import { axesOf, middlesOf, type ProfiledLine, profileLines } from "./line-profiles.ts";
import type { LocatedField, LocatedLine } from "./locate-lines.ts";
import { restoreStrokes } from "./restore-strokes.ts";
import { subtractLines } from "./subtract-lines.ts";
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
  const clean = { ...gray, data: takeBytes(gray.data.length, true) };
  clean.data.set(gray.data);
  const hidden = takeBytes(gray.data.length);
  const paper = estimatePaper(gray);
  const lines: ProfiledLine[] = [];
  const unseen: LocatedLine[] = [];
  for (const field of fields) {
    for (const direction of ["h", "v"]) {
      const own = field.lines.filter(({ line }) => line.direction === direction);
      const profiled = profileLines(gray, paper, own, raggedPx);
      if (profiled) lines.push(...profiled);
      else unseen.push(...own);
    }
  }
  subtractLines(clean, hidden, paper, lines);
  subtractTexts(gray, clean, hidden, { paper, texts });
  return { gray: clean, paper: updateDarkest(paper, clean), hidden, lines, unseen };
}

/**
 * The writing alone: in the ink of an image without its print, strokes that lines and texts hid are put back, and what is left of the
 * lines' edges is taken away.
 * @param ink of `unprinted.gray`; changed in place
 */
export function removeForm(ink: BinaryImage, unprinted: Unprinted, texts: readonly LocatedText[]): FormRemoved {
  const { hidden, lines, unseen, gray, paper } = unprinted;
  // Runs of nothing hidden are skipped a word at a time.
  const words = new Uint32Array(hidden.buffer, hidden.byteOffset, hidden.length >> 2);
  for (let w = 0; w < words.length; w++) {
    if (words[w] !== 0) for (let i = 4 * w; i < 4 * w + 4; i++) if (hidden[i] !== 0) ink.data[i] = 0;
  }
  for (let i = 4 * words.length; i < hidden.length; i++) if (hidden[i] !== 0) ink.data[i] = 0;
  const strokePx = findStrokeWidth(ink) ?? USUAL_STROKE_PX;
  for (const line of lines) restoreStrokes(ink, hidden, line, strokePx);
  bridgeText(
    ink,
    hidden,
    texts.map(({ box }) => box),
  );
  return { ink, gray, paper, band: markBands(ink, [...lines, ...unseen.map((located) => ({ located, knots: located.pieces }))]) };
}

function markBands(image: BinaryImage, lines: readonly Pick<ProfiledLine, "located" | "knots">[]): Uint8Array {
  const band = takeBytes(image.width * image.height);
  for (const line of lines) {
    const { located } = line;
    const { length, depth, along, across } = axesOf(image, located);
    const half = located.widthPx / 2 + EDGE_SLACK_PX;
    const end = Math.min(length, Math.ceil(located.to + half)) | 0;
    const start = Math.max(0, Math.floor(located.from - half)) | 0;
    const middles = middlesOf(line, start, end);
    for (let i = start; i < end; i++) {
      const middle = middles[i - start];
      const first = Math.max(0, Math.round(middle - half)) | 0;
      const last = Math.min(depth, Math.round(middle + half)) | 0;
      for (let k = first, at = i * along + k * across; k < last; k++, at += across) band[at] = 1;
    }
  }
  return band;
}
