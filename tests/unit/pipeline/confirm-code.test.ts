import { describe, expect, it } from "vitest";
import { normalizeGlyph } from "../../../lib/glyph/normalize-glyph.ts";
import type { BinaryImage } from "../../../lib/image/images.ts";
import { confirmCode } from "../../../lib/pipeline/confirm-code.ts";
import type { FieldReading, GlyphReading } from "../../../lib/pipeline/page-reading.ts";
import { blank, fill } from "../../support/draw-ink.ts";

/** A stem with a hook of so many px at its top: a 1, or with a long one a 7. */
function hooked(hook: number, stem = 60): BinaryImage {
  const image = blank(Math.max(hook, 6), stem);
  fill(image, image.width - 6, 0, 6, stem);
  fill(image, image.width - hook, 0, hook, 6);
  return image;
}

/** A page whose writer puts hooks of these lengths on each 1, and on each 7. */
function page(ones: readonly number[], sevens: readonly number[], status: GlyphReading["status"] = "labelled"): FieldReading[] {
  const glyph = (label: string, hook: number, k: number): GlyphReading => {
    const raw = hooked(hook, 60 + (k % 5));
    return { bounds: [0, 0, 1, 1], raw, image: normalizeGlyph(raw), label, status, prediction: null };
  };
  const glyphs = [...ones.map((hook, k) => glyph("1", hook, k)), ...sevens.map((hook, k) => glyph("7", hook, k))];
  return [{ name: "a", kind: "digits", prompt: "", promptSource: "card", outline: [], boxOutlines: [], glyphs }];
}

const many = (hook: number, n = 24): number[] => Array.from({ length: n }, (_, k) => hook + (k % 3));
const read = (prompt: string, hook: number) => ({ image: hooked(hook, 62), prompt, prediction: null });

describe("confirmCode", () => {
  it("takes a 7 for one where the writer's look so, and not where their ones do", () => {
    const hooks = page(many(20), many(40));
    expect(confirmCode([read("1", 20), read("7", 40)], hooks)).toBe(true);
    expect(confirmCode([read("7", 21)], hooks)).toBe(false);
    expect(confirmCode([read("1", 20), read("7", 21)], hooks)).toBe(false);
    // Another writer's sevens are those.
    expect(confirmCode([read("7", 21)], page(many(6), many(20)))).toBe(true);
  });

  it("says nothing where the page has too few of the writer's digits, or they are in doubt", () => {
    expect(confirmCode([read("7", 21)], page(many(20), [40, 41]))).toBe(true);
    expect(confirmCode([read("7", 21)], page([20, 21], many(40, 4)))).toBe(true);
    expect(confirmCode([read("7", 21)], page(many(20), many(40), "unsure"))).toBe(true);
    expect(confirmCode([read("7", 21)], [])).toBe(true);
  });
});
