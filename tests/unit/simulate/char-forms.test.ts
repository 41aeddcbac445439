import { describe, expect, it } from "vitest";
import { CHAR_CLASSES } from "../../../lib/core/char-classes.ts";
import { BASELINE, findCharForms, getCharForms } from "../../../lib/simulate/char-forms.ts";

describe("getCharForms", () => {
  it.each([...CHAR_CLASSES])("draws %s with strokes inside the unit box", (char) => {
    for (const form of getCharForms(char)) {
      expect(form.length).toBeGreaterThan(0);
      for (const stroke of form) {
        expect(stroke.length).toBeGreaterThanOrEqual(2);
        for (const { x, y } of stroke) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(1);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it.each([..."0123456789ABCDEFGHIJKLMNOPRSTUVWXYZ"])("lets %s reach from the top to the base line", (char) => {
    for (const form of getCharForms(char)) {
      const ys = form.flatMap((stroke) => stroke.map((p) => p.y));
      expect(Math.min(...ys)).toBeLessThan(0.08);
      expect(Math.abs(Math.max(...ys) - BASELINE)).toBeLessThan(0.05);
    }
  });

  it("has more than one way for every letter and digit", () => {
    for (const char of CHAR_CLASSES) expect(getCharForms(char).length).toBeGreaterThan(1);
  });

  it("says which character it can't draw", () => {
    expect(findCharForms("ß")).toBeNull();
    expect(() => getCharForms("ß")).toThrow(/can't write "ß"/);
  });
});
