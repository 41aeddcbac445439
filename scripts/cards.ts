/**
 * Prints handwriting cards as a PDF.
 *
 *   npm run --silent cards -- --template T [--copies N] [--paper a4|letter] [--seed S] --out cards.pdf [--manifest cards.json]
 *     [--dropout none|red|green|blue] [--consent TEXT] [--characters CHARS --repeats N --box-mm MM]
 *
 * A JSON summary goes to stdout, progress to stderr. Exit code 0; 1 the work failed; 2 the arguments are wrong.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { PAPERS, TEMPLATE_IDS } from "../lib/card/card-manifest.ts";
import { DROP_OUTS } from "../lib/card/card-spec.ts";
import { type PrintCards, printCardsSchema } from "../lib/contracts/cards.ts";
import { InkformError } from "../lib/core/inkform-error.ts";
import { printCards } from "../lib/server/services/print-cards.ts";

const USAGE = `npm run --silent cards -- --template ${TEMPLATE_IDS.join("|")} --out FILE.pdf
  [--copies 1..500] [--paper ${PAPERS.join("|")}] [--seed 0..4294967295] [--dropout ${DROP_OUTS.join("|")}]
  [--consent TEXT] [--manifest FILE.json]
  for the template custom: --characters CHARS [--repeats 1..50] [--box-mm 6..30]`;

const CUSTOM_DEFAULTS = { repeats: "10", "box-mm": "12" };

/** What the schema's bounds mean for the options, by the schema's names. */
const ALLOWED: Readonly<Record<string, string>> = {
  copies: "--copies must be a whole number from 1 to 500",
  seed: "--seed must be a whole number from 0 to 4294967295",
  consent: "--consent takes at most 300 characters",
  characters: "--characters takes 1 to 64 characters",
  repeats: "--repeats must be a whole number from 1 to 50",
  boxMm: "--box-mm must be a size from 6 to 30",
};

/** Wrong arguments: exit code 2. */
class UsageError extends Error {}

interface Command {
  readonly request: PrintCards;
  readonly out: string;
  readonly manifest: string | undefined;
}

function parseCommand(args: string[]): Command {
  const values = readOptions(args);
  const template = oneOf("--template", TEMPLATE_IDS, values.template);
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
    paper: oneOf("--paper", PAPERS, values.paper ?? "a4"),
    copies: wholeNumber("--copies", values.copies ?? "1"),
    seed: wholeNumber("--seed", values.seed ?? "1"),
    dropOut: oneOf("--dropout", DROP_OUTS, values.dropout ?? "none"),
    consent: values.consent,
    custom: isCustom
      ? {
          characters: values.characters ?? "",
          repeats: wholeNumber("--repeats", values.repeats ?? CUSTOM_DEFAULTS.repeats),
          boxMm: decimal("--box-mm", values["box-mm"] ?? CUSTOM_DEFAULTS["box-mm"]),
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
  try {
    return parseArgs({
      args,
      options: {
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
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<T extends string>(option: string, allowed: readonly T[], value: string | undefined): T {
  const found = allowed.find((a) => a === value);
  if (found === undefined)
    throw new UsageError(`${option} must be one of ${allowed.join(", ")}, got ${value === undefined ? "nothing" : `"${value}"`}`);
  return found;
}

function wholeNumber(option: string, value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new UsageError(`${option} must be a whole number, got "${value}"`);
  return Number(value);
}

function decimal(option: string, value: string): number {
  if (!/^\d{1,4}(\.\d{1,4})?$/.test(value)) throw new UsageError(`${option} must be a number of millimetres, got "${value}"`);
  return Number(value);
}

async function main(): Promise<number> {
  try {
    const { request, out, manifest } = parseCommand(process.argv.slice(2));
    const { pdf, manifest: made } = await printCards(request);
    await write(out, pdf);
    if (manifest !== undefined) await write(manifest, JSON.stringify(made));
    const pages = made.cards.reduce((sum, card) => sum + card.pages.length, 0);
    process.stderr.write(`${made.cards.length} card(s), ${pages} page(s) written to ${out}\n`);
    const summary = { file: out, manifest: manifest ?? null, cards: made.cards.length, pages, codes: made.cards.map((card) => card.code) };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) process.stderr.write(`${error.message}\n\n${USAGE}\n`);
    else process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    const badArguments = error instanceof UsageError || (error instanceof InkformError && error.code === "invalid-argument");
    return badArguments ? 2 : 1;
  }
}

async function write(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw new Error(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

process.exitCode = await main();
