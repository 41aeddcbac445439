import { describe, expect, it } from "vitest";
import type { GrayImage } from "../../../lib/image/images.ts";
import { findNistForm } from "../../../lib/page/nist-find-form.ts";
import { NIST_FIELDS, NIST_PAGE } from "../../../lib/page/nist-form.ts";
import type { Classifier } from "../../../lib/pipeline/page-reading.ts";
import { readNistPage } from "../../../lib/pipeline/read-nist-page.ts";

/** The form's boxes, of lines so thick. */
function drawForm(thick: number): GrayImage {
  const page = { ...NIST_PAGE, data: new Uint8Array(NIST_PAGE.width * NIST_PAGE.height).fill(255) };
  const rect = (x: number, y: number, w: number, h: number): void => {
    for (let row = Math.round(y); row < Math.round(y + h); row++)
      page.data.fill(0, row * page.width + Math.round(x), row * page.width + Math.round(x + w));
  };
  for (const {
    box: [x, y, w, h],
  } of NIST_FIELDS) {
    for (const top of [y, y + h]) rect(x - thick / 2, top - thick / 2, w + thick, thick);
    for (const left of [x, x + w]) rect(left - thick / 2, y - thick / 2, thick, h + thick);
  }
  return page;
}

const classifier: Classifier = { classes: ["0"], predict: (_images, n) => new Float32Array(n).fill(1) } as Classifier;
const deps = { classifier, readPrompts: (prompts: readonly unknown[]) => Promise.resolve(prompts.map(() => [])) };

describe("readNistPage", () => {
  it("reads an empty form", async () => {
    const reading = await readNistPage(drawForm(7), deps);
    expect(reading).toMatchObject({ status: "read", template: "nist-hsf-1990" });
    expect(reading.fields.flatMap(({ glyphs }) => glyphs)).toEqual([]);
  });

  it("takes thick rows that lie as the form's lines do for no form: the rows of some tables of text do", async () => {
    const page = drawForm(16);
    expect(findNistForm(page)).not.toBeNull();
    expect(await readNistPage(page, deps)).toMatchObject({ status: "rejected", reason: { code: "no-card" } });
  });
});
