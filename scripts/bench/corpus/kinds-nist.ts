import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InkformError } from "../../../lib/core/inkform-error.ts";
import { smoothGlyph } from "../../../lib/glyph/smooth-glyph.ts";
import type { GlyphReading, PageReading } from "../../../lib/pipeline/page-reading.ts";
import { decodeFile } from "../../../lib/server/codec/decode-file.ts";
import { describeEncoding, encodePicture } from "../../../lib/server/codec/encode-picture.ts";
import { readScan } from "../../../lib/server/services/read/read-scan.ts";
import { SCANNERS } from "../../../lib/simulate/scanners.ts";
import { SCENES } from "../../../lib/simulate/scene.ts";
import type { CorpusContext, CorpusKind, Picture } from "./corpus-kind.ts";
import type { PageVerdict } from "./page-verdict.ts";
import { cosine } from "./score-boxes.ts";
import { type Device, jpeg, photographed, scanned } from "./take-picture.ts";

const PAGE = "f1002_33";
const PX_PER_MM = [300 / 25.4, 300 / 25.4] as const;
const LIKENESS = 0.9;

/** NIST's own form, filled in by a person in 1989, taken anew: what the simulated pen did not write. Needs NIST_DIR. */
export const NIST_KINDS: Readonly<Record<string, CorpusKind>> = {
  "nist-photo": nistPage("NIST's page f1002_33 photographed: its digits", () => photographed({ ...SCENES.processed, desk: "any" })),
  "nist-scan": nistPage("the same scanned anew, askew or turned, at 200 or 300 dpi", ({ rng, index }) =>
    scanned({
      ...SCANNERS.flatbed300,
      dpi: index % 2 === 0 ? 300 : 200,
      turnDeg: ([0, 90, 180, 270] as const)[rng.int(4)]!,
      skewDeg: 4,
      borderMm: 10,
    }),
  ),
};

function nistPage(about: string, device: (context: CorpusContext) => Device): CorpusKind {
  return {
    about,
    readable: true,
    make: async (context) => {
      const { picture, prompts, flat } = await loadPage();
      const shot = device(context)(picture, PX_PER_MM, context.rng);
      const encoding = jpeg(75, 92)(context.rng);
      return {
        file: await encodePicture(shot.image, encoding),
        sheets: [],
        drawn: `${shot.drawn}; ${shot.image.width} x ${shot.image.height}, ${describeEncoding(encoding)}`,
        judge: (readings) => [judge(readings[0], prompts, flat)],
      };
    },
  };
}

let loaded: ReturnType<typeof load> | null = null;

function loadPage(): ReturnType<typeof load> {
  loaded ??= load();
  return loaded;
}

/** The original's pixels, its printed prompts as its reference file has them, and its own reading, which the bench "nist" measures. */
async function load(): Promise<{ picture: Picture; prompts: readonly string[]; flat: PageReading }> {
  const folder = process.env.NIST_DIR!;
  const bytes = await readFile(join(folder, `${PAGE}.png`));
  const { digitFields } = JSON.parse(await readFile(join(folder, `${PAGE}.json`), "utf8")) as { digitFields: string[] };
  const file = { name: `${PAGE}.png`, bytes };
  for await (const { raster } of decodeFile(file)) {
    const model = await readFile(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink"));
    for await (const { reading } of readScan(file, { model, previews: false })) {
      if (raster && reading.status === "read") return { picture: raster.gray, prompts: digitFields, flat: reading };
    }
  }
  throw new InkformError("invalid-file", `${join(folder, file.name)} can't be read. It must be NIST's page ${PAGE}.`);
}

/**
 * A digit is right when its field has as many glyphs as the prompt, it has the prompt's label, and its image equals the one cut from
 * the original (cosine at least 0.9, smoothed). Wrong, not in doubt: any other glyph that has a label.
 */
function judge(reading: PageReading | undefined, prompts: readonly string[], flat: PageReading): PageVerdict {
  const base = { reason: null, residualMm: null, template: reading?.template ?? null, misses: [] };
  if (reading?.status !== "read") {
    return { ...base, outcome: "refused", reason: reading?.reason?.code ?? null, faults: [], boxes: 0, boxesRight: 0, boxesWrong: 0 };
  }
  const fields = reading.fields.filter(({ kind }) => kind === "digits");
  const originals = flat.fields.filter(({ kind }) => kind === "digits");
  let [right, wrong] = [0, 0];
  prompts.forEach((prompt, f) => {
    const glyphs = fields[f]?.glyphs ?? [];
    [...prompt].forEach((char, i) => {
      const glyph: GlyphReading | undefined = glyphs[i];
      const original = originals[f]?.glyphs[i];
      if (!glyph || !original || glyph.label === null) return;
      if (glyph.label === char && cosine(smoothGlyph(glyph.image), smoothGlyph(original.image)) >= LIKENESS) right++;
      else if (glyph.status !== "unsure") wrong++;
    });
  });
  const boxes = prompts.join("").length;
  const faults = wrong > 0.02 * boxes ? ["boxes"] : [];
  return { ...base, outcome: faults.length > 0 ? "wrong" : "read", faults, boxes, boxesRight: right, boxesWrong: wrong };
}
