import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InkformError } from "../../lib/core/inkform-error.ts";
import type { PageReading } from "../../lib/pipeline/page-reading.ts";
import { decodeFile } from "../../lib/server/codec/decode-file.ts";
import { encodeJpeg } from "../../lib/server/codec/encode-images.ts";
import { closeNistReader } from "../../lib/server/services/read/nist-reader.ts";
import { readScan } from "../../lib/server/services/read/read-scan.ts";
import { type Bench, median, type Report, round } from "./bench-line.ts";
import { VARIANTS } from "./nist/variants.ts";

const ROUNDS = 5;
const STARTER = "lib/mlp/starter/starter.ink";

const truthSchema = z.object({ digitFields: z.array(z.string()), lowercaseField: z.string(), uppercaseField: z.string() });

/** Reads every original NIST page (*.png) of NIST_DIR: the time, and how much of it comes out, as it is and in other pictures of it. Prompts are read from the print. */
export const nist: Bench = {
  about: "an original NIST page: time with OCR; prompts, digits, letters found, as it is and turned, scanned anew, photographed",
  needs: ["NIST_DIR"],
  async run(report) {
    const folder = process.env.NIST_DIR!;
    const model = await readFile(STARTER);
    const pages = (await readdir(folder)).filter((name) => name.endsWith(".png")).sort();
    if (pages.length === 0) throw new InkformError("not-found", `${folder}: has no .png of a NIST page.`);
    try {
      for (const name of pages) {
        const prompts = await loadPrompts(join(folder, name.replace(/\.png$/, ".json")));
        await measurePage({ name, bytes: await readFile(join(folder, name)) }, prompts, { model, report });
      }
    } finally {
      await closeNistReader();
    }
  },
};

/** The page's prompts by field name. */
async function loadPrompts(file: string): Promise<Map<string, string>> {
  const parsed = truthSchema.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new InkformError("invalid-file", `${file}: must hold digitFields, lowercaseField and uppercaseField.`);
  const { digitFields, lowercaseField, uppercaseField } = parsed.data;
  return new Map([...digitFields, lowercaseField, uppercaseField].map((text, i) => [`f${String(i + 3).padStart(2, "0")}`, text]));
}

interface Page {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function measurePage(page: Page, prompts: Map<string, string>, how: { model: Uint8Array; report: Report }): Promise<void> {
  const { model, report } = how;
  const say = (figure: string, value: number, unit: string): void =>
    report({ figure: `${page.name}: ${figure}`, value, unit, against: null, ratio: null });
  const seconds: number[] = [];
  for (let k = 0; k < ROUNDS; k++) {
    const startedAt = performance.now();
    await readOnly(page, model);
    seconds.push((performance.now() - startedAt) / 1000);
  }
  say("time of the first reading, OCR started", round(seconds[0]!), "s");
  say(`time, median of the next ${ROUNDS - 1}`, round(median(seconds.slice(1))), "s");
  for await (const { raster } of decodeFile(page)) {
    if (raster === null) throw new InkformError("invalid-file", `${page.name}: can't be decoded.`);
    for (const { name, make } of VARIANTS) {
      const bytes = name === "as it is" ? page.bytes : await encodeJpeg(make(raster.gray), 90);
      const figures = count(await readOnly({ name: page.name, bytes }, model), prompts);
      for (const [figure, value] of Object.entries(figures)) say(`${name}: ${figure}`, value, "count");
    }
  }
}

async function readOnly(page: Page, model: Uint8Array): Promise<PageReading> {
  for await (const { reading } of readScan(page, { model, previews: false })) return reading;
  throw new InkformError("invalid-file", `${page.name}: has no page.`);
}

function count(reading: PageReading, prompts: Map<string, string>) {
  const asked = reading.fields.filter(({ name }) => prompts.has(name));
  const digits = asked.filter(({ kind }) => kind === "digits");
  const letters = asked.filter(({ kind }) => kind !== "digits");
  const whole = digits.filter(({ name, glyphs }) => glyphs.length === prompts.get(name)!.length);
  return {
    "prompts right": asked.filter(({ name, prompt }) => prompt === prompts.get(name)).length,
    "prompts wrong": asked.filter(({ name, prompt }) => prompt !== "" && prompt !== prompts.get(name)).length,
    "digits, one glyph each, in fields whose count is right": whole.reduce((sum, { glyphs }) => sum + glyphs.length, 0),
    "digits the starter model reads as the prompt": whole.reduce(
      (sum, { name, glyphs }) => sum + glyphs.filter(({ prediction }, i) => prediction?.label === prompts.get(name)![i]).length,
      0,
    ),
    "alphabets of 26 glyphs": letters.filter(({ glyphs }) => glyphs.length === 26).length,
  };
}
