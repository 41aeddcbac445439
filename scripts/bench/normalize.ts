import { Rng } from "../../lib/core/rng.ts";
import { normalizeGlyphReference } from "../../lib/glyph/normalize-glyph.reference.ts";
import { normalizeGlyph } from "../../lib/glyph/normalize-glyph.ts";
import type { BinaryImage } from "../../lib/image/images.ts";
import { type Bench, median, round } from "./bench-line.ts";

const GLYPHS = 300;
const ROUNDS = 7;

/** Glyphs of 300 dpi a second, the fast normalization against its plain reference, by turns. */
export const normalize: Bench = {
  about: "normalization of glyphs to 28 x 28, glyphs a second, fast against reference",
  needs: [],
  async run(report) {
    const rng = new Rng(1);
    const glyphs = Array.from({ length: GLYPHS }, () => buildBlot(rng));
    const rates = { fast: [] as number[], reference: [] as number[] };
    for (let round = -1; round < ROUNDS; round++) {
      const fast = measure(glyphs, normalizeGlyph);
      const reference = measure(glyphs, normalizeGlyphReference);
      if (round < 0) continue;
      rates.fast.push(fast);
      rates.reference.push(reference);
    }
    const value = median(rates.fast);
    const ratio = round(value / median(rates.reference));
    report({
      figure: "normalization, one thread",
      value: round(value),
      unit: "glyphs/s",
      against: "Inkform's own reference implementation",
      ratio,
    });
  },
};

function measure(glyphs: readonly BinaryImage[], work: (glyph: BinaryImage) => Uint8Array): number {
  const startedAt = performance.now();
  for (const glyph of glyphs) work(glyph);
  return (1000 * glyphs.length) / (performance.now() - startedAt);
}

/** A stroke that wanders, 5 px thick, 30 to 60 px high: the size of a digit at 300 dpi. */
function buildBlot(rng: Rng): BinaryImage {
  const [width, height] = [20 + rng.int(30), 30 + rng.int(30)];
  const data = new Uint8Array(width * height);
  let x = width / 2;
  for (let y = 0; y < height; y++) {
    x = Math.min(width - 3, Math.max(2, x + rng.between(-2, 2)));
    for (let k = -2; k <= 2; k++) data[y * width + Math.floor(x) + k] = 1;
  }
  return { width, height, data };
}
