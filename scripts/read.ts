/**
 * Reads scans of cards and of NIST forms, with no server and no database.
 *
 *   npm run --silent read -- FILE... --out DIR [--threads N] [--model model.ink]
 *
 * A JSON summary goes to stdout, progress to stderr. Exit code 0: all files were processed, rejected pages among them; 1: none could
 * be, or the result can't be written; 2: the arguments are wrong.
 */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { getEnv } from "../lib/server/env.ts";
import { readFiles, sortPaths } from "../lib/server/services/read/read-files.ts";
import { writeResult } from "../lib/server/services/read/result-writer.ts";

const USAGE = `npm run --silent read -- FILE... --out DIR [--threads 1..64] [--model model.ink]

FILE       JPEG, PNG, WebP, TIFF (many pages), PDF (many pages) or HEIC: cards of this program, or original NIST forms.
           ref_NN.txt (lines "fld 6 87") gives the prompts of NIST pages whose name ends in _NN (f1002_33.png: ref_33.txt);
           without it they are read from the print.
--out      Folder for result.json, images-idx3-ubyte (28 x 28, 255 = ink) and labels-idx1-ubyte. A glyph's "index" is its place in
           both. Labels: 0-9 are 0 to 9, A-Z 10 to 35, a-z 36 to 61; blank boxes are zero images with label 255, and so
           are glyphs without a label labelled.
--threads  Child processes, default 1 (reads in this process). The result does not depend on it.
--model    The network that gives the second opinion, default the starter model.`;

class UsageError extends Error {}

function parseCommand(args: string[]) {
  const parsed = parse(args);
  const { values, positionals } = parsed;
  if (values.help) return null;
  if (values.out === undefined || values.out === "")
    throw new UsageError("--out is missing: name the folder for the result, for example --out result");
  if (sortPaths(positionals).scans.length === 0) throw new UsageError("name at least one file to read");
  const threads = values.threads ?? "1";
  if (!/^\d{1,2}$/.test(threads) || Number(threads) < 1 || Number(threads) > 64)
    throw new UsageError(`--threads must be a whole number from 1 to 64, got "${threads}"`);
  return { files: positionals, out: resolve(values.out), threads: Number(threads), model: values.model };
}

function parse(args: string[]) {
  try {
    const text = { type: "string" } as const;
    return parseArgs({
      args,
      allowPositionals: true,
      options: { out: text, threads: text, model: text, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function main(): Promise<number> {
  let command: ReturnType<typeof parseCommand>;
  try {
    command = parseCommand(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
    return 2;
  }
  if (command === null) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  try {
    const { root } = getEnv();
    const started = performance.now();
    const model = await readFile(command.model ?? join(root, "lib", "mlp", "starter", "starter.ink"));
    const { pages, failedFiles } = await readFiles(command.files, {
      threads: command.threads,
      model,
      root,
      onPage: ({ file, page, reading }, done) => {
        const glyphs = reading.fields.reduce((sum, field) => sum + field.glyphs.length, 0);
        process.stderr.write(
          `${done}  ${file}, page ${page}: ${reading.reason ? `rejected (${reading.reason.code}): ${reading.reason.message}` : `${reading.template}, ${glyphs} glyphs`}\n`,
        );
      },
    });
    const { glyphs } = await writeResult(command.out, pages);
    const read = pages.filter((page) => page.reading.status === "read").length;
    const seconds = Math.round(performance.now() - started) / 1000;
    process.stdout.write(
      `${JSON.stringify({ out: command.out, pages: pages.length, read, rejected: pages.length - read, glyphs, seconds })}\n`,
    );
    return failedFiles === sortPaths(command.files).scans.length ? 1 : 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main();
