import { normalizeInk } from "../glyph/normalize-ink.ts";
import { smoothGlyph } from "../glyph/smooth-glyph.ts";
import type { BoxInk } from "./describe-ink.ts";
import type { FieldReading } from "./page-reading.ts";

/** With fewer of the writer's own digits of the kind, or of others, on the page they say nothing. */
const ENOUGH_SAME = 3;
const ENOUGH_OTHERS = 20;
/** By so much a digit of the code is more like the writer's own than like their other digits (cosine): right ones 0.04 to 0.4, two that were read wrongly -0.03 and -0.004. */
const MARGIN = 0.02;

/**
 * Whether each digit of a writer's code looks as this writer writes it, by the digits on the page, whose prompts tell what they are. A model may read a hooked 1 surely as
 * a 7; the writer's other ones have the hook too.
 * @param code its digits as read (`prompt`), with their ink
 */
export function confirmCode(code: readonly BoxInk[], fields: readonly FieldReading[]): boolean {
  const own = fields.flatMap(({ glyphs }) =>
    glyphs.flatMap(({ status, label, image }) =>
      status === "labelled" && label !== null && /^\d$/.test(label) ? [{ label, look: lookOf(image) }] : [],
    ),
  );
  return code.every(({ image, prompt }) => {
    const same = own.filter(({ label }) => label === prompt);
    const others = own.filter(({ label }) => label !== prompt);
    if (same.length < ENOUGH_SAME || others.length < ENOUGH_OTHERS) return true;
    const look = lookOf(normalizeInk(image));
    const nearest = (digits: typeof own): number => digits.reduce((most, digit) => Math.max(most, product(digit.look, look)), 0);
    return nearest(same) - nearest(others) >= MARGIN;
  });
}

/** Smoothed, of length 1. */
function lookOf(image: Uint8Array): Float32Array {
  const look = smoothGlyph(image);
  const length = Math.sqrt(product(look, look)) || 1;
  return look.map((value) => value / length);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
