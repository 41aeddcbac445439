import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Rng } from "../../lib/core/rng.ts";
import { findComponents } from "../../lib/image/connected-components.ts";
import { applyHomography } from "../../lib/image/homography.ts";
import type { GrayImage } from "../../lib/image/images.ts";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { toClassifier } from "../../lib/mlp/to-classifier.ts";
import { findNistForm } from "../../lib/page/nist-find-form.ts";
import { NIST_FIELDS } from "../../lib/page/nist-form.ts";
import { makeUpright } from "../../lib/page/nist-upright-page.ts";
import type { PageReading } from "../../lib/pipeline/page-reading.ts";
import { readNistPage } from "../../lib/pipeline/read-nist-page.ts";
import { createPromptReader } from "../../lib/server/ocr/prompt-reader.ts";
import { CAMERAS } from "../../lib/simulate/cameras.ts";
import { photographPage } from "../../lib/simulate/photograph-page.ts";

// The page and its prompts are NIST's (Special Database 19), not ours: NIST_DIR is a folder with f1002_33.png and f1002_33.json.
const folder = process.env.NIST_DIR;
const root = process.env.INKFORM_ROOT ?? process.cwd();

async function gray(picture: Sharp): Promise<GrayImage> {
  const { data, info } = await picture.grayscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

function greenOf({ data }: { readonly data: Uint8Array }): Uint8Array {
  return Uint8Array.from({ length: data.length / 3 }, (_, i) => data[3 * i + 1]);
}

function digitFields(reading: PageReading): PageReading["fields"] {
  return reading.fields.filter(({ kind }) => kind === "digits");
}

describe.skipIf(!folder)("an original NIST page, f1002_33 (needs NIST_DIR)", () => {
  const file = path.join(folder ?? "", "f1002_33.png");
  const reader = createPromptReader();
  const classifier = toClassifier(decodeModel(new Uint8Array(readFileSync(path.join(root, "lib/mlp/starter/starter.ink")))));
  let prompts: string[];
  let page: GrayImage;
  let reading: PageReading;
  /** What OCR said of the page's prompts. */
  let printed: readonly (readonly string[])[];
  let upright: ReturnType<typeof makeUpright>;

  const read = (image: GrayImage): Promise<PageReading> => readNistPage(image, { readPrompts: reader.read, classifier });

  beforeAll(async () => {
    const truth: unknown = JSON.parse(await readFile(path.join(folder ?? "", "f1002_33.json"), "utf8"));
    const {
      digitFields: digits,
      lowercaseField,
      uppercaseField,
    } = truth as { digitFields: string[]; lowercaseField: string; uppercaseField: string };
    prompts = [...digits, lowercaseField, uppercaseField];
    page = await gray(sharp(file));
    const readPrompts: typeof reader.read = async (asked) => (printed = await reader.read(asked));
    reading = await readNistPage(page, { readPrompts, classifier });
    upright = makeUpright(page, findNistForm(page)!);
  });
  afterAll(() => reader.close());

  it("is registered", () => {
    expect(reading.status).toBe("read");
    expect(reading.template).toBe("nist-hsf-1990");
    expect(reading.registration?.residualPx).toBeLessThan(2);
    expect(Math.abs(reading.registration?.rotationDeg ?? 9)).toBeLessThan(0.5);
  });

  it("has all prompts right, digits and letters", () => {
    const asked = reading.fields.filter(({ kind }) => kind === "digits" || kind === "lowercase" || kind === "uppercase");
    expect(asked.map(({ name }) => name)).toEqual(Array.from({ length: 30 }, (_, i) => `f${String(i + 3).padStart(2, "0")}`));
    expect(asked.map(({ prompt }) => prompt)).toEqual(prompts);
    expect(new Set(asked.map(({ promptSource }) => promptSource))).toEqual(new Set(["ocr"]));
  });

  it("has every digit as one glyph, and 26 and 26 letters", () => {
    expect(digitFields(reading).map(({ glyphs }) => glyphs.length)).toEqual(prompts.slice(0, 28).map((prompt) => prompt.length));
    expect(reading.fields.filter(({ name }) => name === "f31" || name === "f32").map(({ glyphs }) => glyphs.length)).toEqual([26, 26]);
  });

  it("is read as the prompts by the starter model, but for a few", () => {
    const glyphs = digitFields(reading).flatMap(({ glyphs: own }) => own);
    expect(glyphs.filter(({ prediction, label }) => prediction?.label === label).length).toBeGreaterThanOrEqual(126);
  });

  it("gives an isolated digit as exactly the scan's own px", () => {
    const ink = { width: page.width, height: page.height, data: Uint8Array.from(page.data, (value) => (value < 128 ? 1 : 0)) };
    const { labels, components } = findComponents(ink);
    let exact = 0;
    for (const { raw, bounds } of digitFields(reading).flatMap(({ glyphs }) => glyphs)) {
      if (raw === null) continue;
      const component = components.find(({ box }) => box.every((value, i) => value === bounds[i]));
      if (component === undefined) continue;
      exact++;
      const [x, y, w, h] = bounds;
      const own = Uint8Array.from({ length: w * h }, (_, k) =>
        labels[(y + Math.floor(k / w)) * page.width + x + (k % w)] === component.label ? 1 : 0,
      );
      expect(Buffer.compare(raw.data, own)).toBe(0);
    }
    // This writer sets most digits on the line; those that stand free are taken as they are.
    expect(exact).toBeGreaterThanOrEqual(30);
  });

  it.each([
    ["turned by 3 degrees", (p: Sharp) => p.rotate(3, { background: "#fff" })],
    ["at 200 dpi", (p: Sharp) => p.resize(1707)],
    ["blurred", (p: Sharp) => p.blur(1.2)],
  ])("%s: the same digits and prompts", async (_how, change) => {
    const other = await read(await gray(change(sharp(file).grayscale())));
    expect(digitFields(other).map(({ prompt }) => prompt)).toEqual(prompts.slice(0, 28));
    expect(digitFields(other).map(({ glyphs }) => glyphs.length)).toEqual(prompts.slice(0, 28).map((prompt) => prompt.length));
  });

  it("is found in a photograph at a tilt, its print close to a dark desk", () => {
    const { image } = photographPage(page, CAMERAS.phoneTilted, new Rng(13));
    const found = findNistForm({ ...image, data: image.data.length === image.width * image.height ? image.data : greenOf(image) });
    expect(found?.residualPx).toBeLessThan(8);
  });

  it.each([90, 180, 270])("turned by %i degrees it is set upright to the same px, with its form in the same place", async (turn) => {
    const image = await gray(sharp(file).grayscale().rotate(turn));
    const turned = makeUpright(image, findNistForm(image)!);
    expect(turned.binary.width).toBe(upright.binary.width);
    expect(Buffer.compare(turned.binary.data, upright.binary.data)).toBe(0);
    for (const { box } of NIST_FIELDS) {
      const [a, b] = [upright, turned].map(({ formToPage }) => applyHomography(formToPage, { x: box[0], y: box[1] }));
      // The form is fitted on samples that fall elsewhere.
      expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThan(0.5);
    }
  });

  it("turned by a quarter it gives the same prompts and the same 28 x 28 images, byte for byte", async () => {
    const other = await read(await gray(sharp(file).grayscale().rotate(270)));
    expect(digitFields(other).map(({ prompt }) => prompt)).toEqual(prompts.slice(0, 28));
    expect(digitFields(other).flatMap(({ glyphs }) => glyphs.map(({ image }) => image))).toEqual(
      digitFields(reading).flatMap(({ glyphs }) => glyphs.map(({ image }) => image)),
    );
  });

  it("shows a digit that was left out", async () => {
    const erased = { ...page, data: page.data.slice() };
    const field = reading.fields.find(({ name }) => name === "f09");
    const glyph = field?.glyphs[2];
    if (!field || !glyph) throw new Error("f09 has no third glyph");
    const [x, y, w, h] = glyph.bounds;
    for (let row = y; row < y + h; row++) erased.data.fill(255, row * page.width + x, row * page.width + x + w);
    // Its print is untouched: what OCR says of it is known.
    const other = (await readNistPage(erased, { readPrompts: () => Promise.resolve(printed), classifier })).fields.find(
      ({ name }) => name === "f09",
    );
    expect(other?.glyphs).toHaveLength(4);
    // The others are read as what the prompt has at their place, and are in doubt all the same.
    const others = [...field.prompt].filter((_, i) => i !== 2);
    expect(other?.glyphs.map(({ status, label }) => [status, label])).toEqual(others.map((label) => ["unsure", label]));
  });

  // That a reference's prompts are taken without asking OCR: tests/integration/nist-robustness.test.ts.
  it("gives no wrong prompt without OCR", async () => {
    const mute = await readNistPage(page, { readPrompts: async (asked) => asked.map(() => []), classifier });
    // Without OCR the page's own 0123456789 still reads the others; what it is not sure of stays open.
    const without = digitFields(mute).map(({ prompt, promptSource }) => [prompt, promptSource]);
    for (const [i, [prompt, source]] of without.entries())
      expect([prompt, source]).toEqual(source === "none" ? ["", "none"] : [prompts[i], "ocr"]);
    expect(mute.fields.find(({ name }) => name === "f31")?.promptSource).toBe("none");
    expect(mute.fields.find(({ name }) => name === "f31")?.glyphs.every(({ label, status }) => label === null && status === "unsure")).toBe(
      true,
    );
  });
});
