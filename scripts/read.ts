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
import { getEnv } from "../lib/server/env.ts";
import { readFiles, sortPaths } from "../lib/server/services/read/read-files.ts";
import { createResultWriter } from "../lib/server/services/read/result-writer.ts";
import { parseArguments, parseNumber, runCommand, UsageError } from "./support/command-line.ts";

const USAGE = `usage: npm run --silent read -- FILE... --out DIR [--threads 1..64] [--model model.ink]

FILE       JPEG, PNG, WebP, TIFF (many pages), PDF (many pages) or HEIC: cards of this program, or original NIST forms.
           ref_NN.txt (lines "fld 6 87") gives the prompts of NIST pages whose name ends in _NN (f1002_33.png: ref_33.txt);
           without it they are read from the print.
--out      Folder for result.json, images-idx3-ubyte (28 x 28, 255 = ink) and labels-idx1-ubyte. A glyph's "index" is its place in
           both. Labels: 0-9 are 0 to 9, A-Z 10 to 35, a-z 36 to 61; 255 where there is no label;
           a blank box is a zero image with label 255.
--threads  Child processes, default 1 (reads in this process). The result does not depend on it.
--model    The network that gives the second opinion, default the starter model.`;

function parseCommand(args: string[]) {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArguments(args, { out: text, threads: text, model: text }, { usage: USAGE, positionals: true });
  if (values.out === undefined || values.out === "")
    throw new UsageError(`--out is missing: name the folder for the result, for example --out result\n${USAGE}`);
  if (sortPaths(positionals).scans.length === 0) throw new UsageError(`name at least one file to read\n${USAGE}`);
  const threads = parseNumber("threads", values.threads ?? "1", { low: 1, high: 64 });
  return { files: positionals, out: resolve(values.out), threads, model: values.model };
}

await runCommand(async (args) => {
  const command = parseCommand(args);
  const { root } = getEnv();
  const started = performance.now();
  const model = await readFile(command.model ?? join(root, "lib", "mlp", "starter", "starter.ink"));
  const writer = await createResultWriter(command.out);
  const { pages, read, failedFiles } = await readFiles(command.files, {
    threads: command.threads,
    model,
    root,
    write: writer.add,
    onPage: ({ file, page, part, reading }, done) => {
      const glyphs = reading.fields.reduce((sum, field) => sum + field.glyphs.length, 0);
      process.stderr.write(
        `${done}  ${file}, page ${page}${part > 1 ? `, card ${part}` : ""}: ${reading.reason ? `rejected (${reading.reason.code}): ${reading.reason.message}` : `${reading.template}, ${glyphs} glyphs`}\n`,
      );
    },
  });
  const { glyphs } = await writer.finish();
  const seconds = Math.round(performance.now() - started) / 1000;
  console.log(JSON.stringify({ out: command.out, pages, read, rejected: pages - read, glyphs, seconds }));
  if (failedFiles === sortPaths(command.files).scans.length) process.exitCode = 1;
});
