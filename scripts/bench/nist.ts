import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { InkformError } from "../../lib/core/inkform-error.ts";
import type { PageReading } from "../../lib/pipeline/page-reading.ts";
import { closeNistReader } from "../../lib/server/services/read/nist-reader.ts";
import { readScan } from "../../lib/server/services/read/read-scan.ts";
import { type Bench, median, round } from "./bench-line.ts";

const ROUNDS = 5;
const STARTER = "lib/mlp/starter/starter.ink";

/** Reads every original NIST page (*.png) of NIST_DIR: the time, and how much of each page comes out. Prompts are read from the print. */
export const nist: Bench = {
  about: "an original NIST page: time with OCR, prompts and digits found, digits the starter model reads as the prompt",
  needs: ["NIST_DIR"],
  async run(report) {
    const folder = process.env.NIST_DIR!;
    const model = await readFile(STARTER);
    const pages = (await readdir(folder)).filter((name) => name.endsWith(".png")).sort();
    if (pages.length === 0) throw new InkformError("not-found", `${folder}: has no .png of a NIST page.`);
    try {
      for (const name of pages) await measurePage(name, await readFile(join(folder, name)), { model, report });
    } finally {
      await closeNistReader();
    }
  },
};

async function measurePage(
  name: string,
  bytes: Uint8Array,
  { model, report }: { model: Uint8Array; report: Parameters<Bench["run"]>[0] },
): Promise<void> {
  const seconds: number[] = [];
  let reading: PageReading | null = null;
  for (let k = 0; k < ROUNDS; k++) {
    const startedAt = performance.now();
    for await (const page of readScan({ name, bytes }, { model })) reading = page.reading;
    seconds.push((performance.now() - startedAt) / 1000);
  }
  if (!reading || reading.status === "rejected") {
    throw new InkformError("invalid-file", `${name}: ${reading?.reason?.message ?? "has no page."}`);
  }
  const say = (figure: string, value: number, unit: string): void =>
    report({ figure: `${name}: ${figure}`, value, unit, against: null, ratio: null });
  say("time of the first reading, OCR started", round(seconds[0]!), "s");
  say(`time, median of the next ${ROUNDS - 1}`, round(median(seconds.slice(1))), "s");
  for (const [figure, value] of Object.entries(count(reading))) say(figure, value, "count");
}

function count(reading: PageReading) {
  const fields = reading.fields.filter((field) => field.kind === "digits");
  const glyphs = fields.flatMap((field) => field.glyphs);
  const labelled = glyphs.filter((glyph) => glyph.label !== null);
  return {
    "digit fields": fields.length,
    "digits asked for": fields.reduce((sum, field) => sum + field.prompt.length, 0),
    "digits cut, one glyph each, in fields whose count is right": labelled.length,
    "digits the starter model reads as the prompt": labelled.filter((glyph) => glyph.prediction?.label === glyph.label).length,
  };
}
