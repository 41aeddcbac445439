/**
 * Prints handwriting cards as a PDF.
 *
 *   npm run --silent cards -- --template T [--copies N] [--paper a4|letter] [--seed S] --out cards.pdf [--manifest cards.json]
 *     [--dropout none|red|green|blue] [--consent TEXT] [--characters CHARS --repeats N --box-mm MM]
 *
 * A JSON summary goes to stdout, progress to stderr. Exit code 0; 1 the work failed; 2 the arguments are wrong.
 */
import { writeFile } from "node:fs/promises";
import { PAPERS, TEMPLATE_IDS } from "../lib/card/card-manifest.ts";
import { DROP_OUTS } from "../lib/card/card-spec.ts";
import { type PrintCards, printCardsSchema } from "../lib/contracts/cards.ts";
import { InkformError } from "../lib/core/inkform-error.ts";
import { printCards } from "../lib/server/services/print-cards.ts";
import { parseArguments, parseChoice, parseNumber, runCommand, UsageError } from "./support/command-line.ts";

const USAGE = `usage: npm run --silent cards -- --template ${TEMPLATE_IDS.join("|")} --out FILE.pdf
  [--copies 1..500] [--paper ${PAPERS.join("|")}] [--seed 0..4294967295] [--dropout ${DROP_OUTS.join("|")}]
  [--consent TEXT] [--manifest FILE.json]
  for the template custom: --characters CHARS [--repeats 1..50] [--box-mm 6..30]`;

const CUSTOM_DEFAULTS = { repeats: "10", "box-mm": "12" };

/** What the schema's bounds mean for the options that are texts, by the schema's names. */
const ALLOWED: Readonly<Record<string, string>> = {
  consent: "--consent takes at most 300 characters",
  characters: "--characters takes 1 to 64 characters",
};

interface Command {
  readonly request: PrintCards;
  readonly out: string;
  readonly manifest: string | undefined;
}

function parseCommand(args: string[]): Command {
  const values = readOptions(args);
  const template = parseChoice("template", values.template ?? "", TEMPLATE_IDS);
  const isCustom = template === "custom";
  const customOptions = ["characters", "repeats", "box-mm"] as const;
  const given = customOptions.filter((name) => values[name] !== undefined);
  if (!isCustom && given.length > 0) throw new UsageError(`--${given[0]} is only for --template custom`);
  if (isCustom && values.characters === undefined)
    throw new UsageError("--template custom needs --characters, for example --characters 0123456789");
  if (values.out === undefined || values.out === "")
    throw new UsageError("--out is missing: name the PDF to write, for example --out cards.pdf");
  const request = {
    template,
    paper: parseChoice("paper", values.paper ?? "a4", PAPERS),
    copies: parseNumber("copies", values.copies ?? "1", { low: 1, high: 500 }),
    seed: parseNumber("seed", values.seed ?? "1", { low: 0, high: 0xffff_ffff }),
    dropOut: parseChoice("dropout", values.dropout ?? "none", DROP_OUTS),
    consent: values.consent,
    custom: isCustom
      ? {
          characters: values.characters ?? "",
          repeats: parseNumber("repeats", values.repeats ?? CUSTOM_DEFAULTS.repeats, { low: 1, high: 50 }),
          boxMm: parseNumber("box-mm", values["box-mm"] ?? CUSTOM_DEFAULTS["box-mm"], { low: 6, high: 30, whole: false }),
        }
      : undefined,
  };
  const parsed = printCardsSchema.safeParse(request);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0].path.at(-1));
    throw new UsageError(ALLOWED[name] ?? `--${name}: ${parsed.error.issues[0].message}`);
  }
  return { request: parsed.data, out: values.out, manifest: values.manifest };
}

function readOptions(args: string[]) {
  const text = { type: "string" } as const;
  const options = {
    template: text,
    copies: text,
    paper: text,
    seed: text,
    out: text,
    manifest: text,
    dropout: text,
    consent: text,
    characters: text,
    repeats: text,
    "box-mm": text,
  };
  return parseArguments(args, options, { usage: USAGE }).values;
}

async function write(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw new InkformError("unavailable", `cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

await runCommand(async (args) => {
  const { request, out, manifest } = parseCommand(args);
  const { pdf, manifest: made } = await printOrRefuse(request);
  await write(out, pdf);
  if (manifest !== undefined) await write(manifest, JSON.stringify(made));
  const pages = made.cards.reduce((sum, card) => sum + card.pages.length, 0);
  console.error(`${made.cards.length} card(s), ${pages} page(s) written to ${out}`);
  const summary = { file: out, manifest: manifest ?? null, cards: made.cards.length, pages, codes: made.cards.map((card) => card.code) };
  console.log(JSON.stringify(summary));
});

/** A request that makes no card (a character that can't be printed, boxes that don't fit) is an argument that is wrong. */
async function printOrRefuse(request: PrintCards) {
  try {
    return await printCards(request);
  } catch (error) {
    if (error instanceof InkformError && error.code === "invalid-argument") throw new UsageError(error.message);
    throw error;
  }
}
