import { normalizeInk } from "../glyph/normalize-ink.ts";
import type { BinaryImage } from "../image/images.ts";
import type { Region } from "../page/field-regions.ts";
import type { IsolatedInk } from "../page/isolate-boxes.ts";
import { leaveOutStrays } from "../page/leave-out-strays.ts";
import { classifyGlyphs } from "./classify-glyphs.ts";
import type { BoxInk } from "./describe-ink.ts";
import type { Classifier } from "./page-reading.ts";

/** Surer than for a glyph's second opinion: a wrong writer code puts a writer into the wrong split. */
const MIN_PROBABILITY = 0.8;
/** A digit surely read stays what it is when it leans and widens as hands do: by these shares of its height, and of its width. */
const SLANTS = [-0.15, 0.15];
const WIDTHS = [0.85, 1.18];

/** A code as read, and each digit's ink: one that was written over another may be read surely and wrongly (`markSpoiled`). */
export interface WriterCode {
  readonly code: string;
  readonly boxes: readonly BoxInk[];
}

/**
 * The digits in the writer boxes, from the left, blanks left out; null where all are blank or one is not surely read: as it stands, slanted
 * either way, narrower and wider each must be read as the same digit, and so must ink with a piece that may be dirt or not. Of 3,000 digits
 * of 150 simulated writers 98.0 % pass and none is wrong; by the first reading alone 99.5 %, one of them wrong.
 */
export function readWriterCode(
  inks: readonly (IsolatedInk | null)[],
  regions: readonly Region[],
  classifier: Classifier,
): WriterCode | null {
  // Any digit: what is stray does not depend on which.
  const owned = inks.map((ink, i) => (ink ? leaveOutStrays(ink, regions[i].box, "0") : null));
  const boxes: BoxInk[] = [];
  for (const own of owned) {
    const looks = [own?.ink, own?.more].flatMap((ink) => (ink ? distort(ink.image) : []));
    if (looks.length === 0) continue;
    if (own?.ink?.isPale) return null;
    const digits = classifyGlyphs(
      looks.map(normalizeInk),
      looks.map(() => null),
      classifier,
    );
    const first = digits[0]?.label ?? "";
    const isSure = digits.every((digit) => digit !== null && digit.label === first && digit.probability >= MIN_PROBABILITY);
    if (!isSure || !/^\d$/.test(first)) return null;
    boxes.push({ image: looks[0], prompt: first, prediction: digits[0]! });
  }
  return boxes.length === 0 ? null : { code: boxes.map(({ prompt }) => prompt).join(""), boxes };
}

function distort(image: BinaryImage): BinaryImage[] {
  return [image, ...SLANTS.map((slant) => lean(image, slant)), ...WIDTHS.map((factor) => widen(image, factor))];
}

/** Rows moved sideways, by `slant` px each, about the middle one. */
function lean({ width, height, data }: BinaryImage, slant: number): BinaryImage {
  const margin = Math.ceil((Math.abs(slant) * height) / 2);
  const wide = width + 2 * margin;
  const out = new Uint8Array(wide * height);
  for (let y = 0; y < height; y++) {
    const shift = margin + Math.round(slant * (y - (height - 1) / 2));
    out.set(data.subarray(y * width, (y + 1) * width), y * wide + shift);
  }
  return { width: wide, height, data: out };
}

function widen({ width, height, data }: BinaryImage, factor: number): BinaryImage {
  const wide = Math.max(1, Math.round(width * factor));
  const out = new Uint8Array(wide * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < wide; x++) out[y * wide + x] = data[y * width + Math.min(width - 1, Math.floor(((x + 0.5) * width) / wide))];
  }
  return { width: wide, height, data: out };
}
