import { describe, expect, it } from "vitest";
import { findNistForm } from "../../../lib/page/nist-find-form.ts";
import type { Classifier } from "../../../lib/pipeline/page-reading.ts";
import { readNistPage } from "../../../lib/pipeline/read-nist-page.ts";
import { drawNistForm } from "../../support/draw-nist-form.ts";

const classifier: Classifier = { classes: ["0"], predict: (_images, n) => new Float32Array(n).fill(1) } as Classifier;
const deps = { classifier, readPrompts: (prompts: readonly unknown[]) => Promise.resolve(prompts.map(() => [])) };

describe("readNistPage", () => {
  it("reads an empty form", async () => {
    const reading = await readNistPage(drawNistForm(), deps);
    expect(reading).toMatchObject({ status: "read", template: "nist-hsf-1990" });
    expect(reading.fields.flatMap(({ glyphs }) => glyphs)).toEqual([]);
  });

  it("takes thick rows that lie as the form's lines do for no form: the rows of some tables of text do", async () => {
    const page = drawNistForm(16);
    expect(findNistForm(page)).not.toBeNull();
    expect(await readNistPage(page, deps)).toMatchObject({ status: "rejected", reason: { code: "no-card" } });
  });
});
