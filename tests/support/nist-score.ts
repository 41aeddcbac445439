import type { GrayImage } from "../../lib/image/images.ts";
import type { PageReading } from "../../lib/pipeline/page-reading.ts";
import type { WrittenDigit } from "./nist-filled-form.ts";

export interface DigitScore {
  readonly digit: WrittenDigit;
  /** Of the glyph that holds most of the digit. */
  readonly iou: number;
  readonly isExact: boolean;
  /** Px of the digit that the glyph lacks; px of the glyph that are not the digit's. */
  readonly lost: number;
  readonly added: number;
  /** The glyph has the digit's own label: its place in a field whose count matches. */
  readonly isLabelled: boolean;
  readonly isReadRight: boolean;
}

/** Compares a native reading's digits with what the pen wrote. */
export function scoreDigits(reading: PageReading, page: GrayImage, digits: readonly WrittenDigit[]): DigitScore[] {
  const fields = new Map(
    reading.fields.map(({ name, glyphs }) => [
      name,
      glyphs.map((glyph) => {
        const pixels = new Set<number>();
        const [x, y, w] = glyph.bounds;
        glyph.raw?.data.forEach((value, i) => {
          if (value === 1) pixels.add((y + Math.floor(i / w)) * page.width + x + (i % w));
        });
        return { glyph, pixels };
      }),
    ]),
  );
  return digits.map((digit): DigitScore => {
    let best = { iou: 0, both: 0, size: 0, label: null as string | null, read: null as string | null };
    for (const { glyph, pixels } of fields.get(digit.field) ?? []) {
      let both = 0;
      for (const at of digit.pixels) if (pixels.has(at)) both++;
      const iou = both / (digit.pixels.length + pixels.size - both);
      if (iou > best.iou) best = { iou, both, size: pixels.size, label: glyph.label, read: glyph.prediction?.label ?? null };
    }
    const lost = digit.pixels.length - best.both;
    const added = best.size - best.both;
    return {
      digit,
      iou: best.iou,
      isExact: lost === 0 && added === 0,
      lost,
      added,
      isLabelled: best.label === digit.char,
      isReadRight: best.read === digit.char,
    };
  });
}
