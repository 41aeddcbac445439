/** `npx tsx tests/corpus/generate.ts [NAME ...]`: makes the committed cases anew, the same bytes for the same code and seed. */
import { writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { Rng } from "../../lib/core/rng.ts";
import type { PageTruth } from "../../lib/simulate/page-truth.ts";
import { type Project, projectBox } from "../../scripts/bench/corpus/score-boxes.ts";
import type { CaseTruth } from "./case-truth.ts";
import { CASES } from "./cases.ts";

const FIRST_SEED = 4;
const asked = process.argv.slice(2);
for (const [i, [name, kind]] of Object.entries(CASES).entries()) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const page = await kind.make({ rng: new Rng(FIRST_SEED + i), index: 0 });
  const file = `${name}${extname(page.file.name)}`;
  const sheet = kind.readable ? page.sheets[0] : undefined;
  const truth: CaseTruth = {
    about: kind.about,
    drawn: page.drawn,
    file,
    card: sheet?.card.code ?? null,
    writer: sheet?.truth.writerCode ?? null,
    fields: sheet ? describeFields(sheet.truth, sheet.project) : {},
  };
  await writeFile(join(import.meta.dirname, file), page.file.bytes);
  await writeFile(
    join(import.meta.dirname, `${name}.json`),
    `${JSON.stringify(truth).replaceAll('"f', '\n"f').replaceAll('],"', '],\n"')}\n`,
  );
  console.error(`${file}: ${page.file.bytes.length} bytes; ${page.drawn}`);
}

function describeFields(truth: PageTruth, project: Project): CaseTruth["fields"] {
  const fields: Record<string, CaseTruth["fields"][string]> = {};
  for (const { name, glyphs } of truth.fields) {
    const asked = glyphs.filter(({ prompt }) => prompt !== null);
    if (asked.length === 0) continue;
    fields[name] = asked.map(({ prompt, inkPx }) => {
      if (inkPx === null) return [prompt!];
      const { bounds, slackPx } = projectBox(inkPx, project, truth.pxPerMm);
      return [prompt!, ...bounds.map((px) => Math.round(10 * px) / 10), Math.round(10 * slackPx) / 10];
    });
  }
  return fields;
}
