import { estimatePaper, type PaperMap, updateDarkest } from "../image/estimate-paper.ts";
import type { BinaryImage, GrayImage } from "../image/images.ts";
import { findStrokeWidth } from "../image/stroke-width.ts";
import { bridgeText } from "./bridge-text.ts";
import { axesOf, middleOf, type ProfiledLine, profileLines } from "./line-profiles.ts";
import type { LocatedField } from "./locate-lines.ts";
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
  readonly lines: readonly ProfiledLine[];
}

export interface FormRemoved {
  readonly ink: BinaryImage;
  /** Per px: not 0 within a printed line's band. What is left there alone is a remnant of print. */
  readonly band: Uint8Array;
}

/**
 * Takes the print out of the grey image: lines and texts are measured where nobody wrote on them, and the light that they take away
 * is given back. What stays hidden under black print is put back by `removeForm`.
 * @param gray at 300 dpi; not changed
 */
export function subtractForm(gray: GrayImage, fields: readonly LocatedField[], texts: readonly LocatedText[]): Unprinted {
  const clean = { ...gray, data: gray.data.slice() };
  const hidden = new Uint8Array(gray.data.length);
  const paper = estimatePaper(gray);
  const lines = fields.flatMap((field) =>
    (["h", "v"] as const).flatMap((direction) => {
      const own = field.lines.filter(({ line }) => line.direction === direction);
      return profileLines(gray, paper, own) ?? [];
    }),
  );
  subtractLines(clean, hidden, paper, lines);
  subtractTexts(gray, clean, hidden, { paper, texts });
  return { gray: clean, paper: updateDarkest(paper, clean), hidden, lines };
}

/**
 * The writing alone: in the ink of an image without its print, strokes that lines and texts hid are put back, and what is left of the
 * lines' edges is taken away.
 * @param ink of `unprinted.gray`; changed in place
 */
export function removeForm(ink: BinaryImage, { hidden, lines }: Unprinted, texts: readonly LocatedText[]): FormRemoved {
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
  return { ink, band: markBands(ink, lines) };
}

function markBands(image: BinaryImage, lines: readonly ProfiledLine[]): Uint8Array {
  const band = new Uint8Array(image.width * image.height);
  for (const line of lines) {
    const { located } = line;
    const axes = axesOf(image, located);
    const half = located.widthPx / 2 + EDGE_SLACK_PX;
    const end = Math.min(axes.length, Math.ceil(located.to + half));
    for (let i = Math.max(0, Math.floor(located.from - half)); i < end; i++) {
      const middle = middleOf(line, i + 0.5);
      for (let k = Math.max(0, Math.round(middle - half)); k < Math.min(axes.depth, Math.round(middle + half)); k++)
        band[i * axes.along + k * axes.across] = 1;
    }
  }
  return band;
}
