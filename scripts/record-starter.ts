/**
 * Writes lib/mlp/starter/starter.json, the record of the starter model: what made it, and its error on MNIST's test set.
 * `tsx scripts/record-starter.ts --data MNIST_DIR --command "npm run ..."`, after the model was put in place.
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { decodeModel } from "../lib/mlp/model-file/decode-model.ts";
import { evaluateModelOnFolder } from "../lib/server/services/train/evaluate-model-on-folder.ts";
import { parseArguments, runCommand, UsageError } from "./support/command-line.ts";

const FOLDER = "lib/mlp/starter";
const USAGE = 'usage: tsx scripts/record-starter.ts --data DIR --command "the command that trained it"';

await runCommand(async (args) => {
  const { values } = parseArguments(args, { data: { type: "string" }, command: { type: "string" } }, { usage: USAGE });
  const { data, command } = values;
  if (!data || !command) throw new UsageError(USAGE);
  const bytes = await readFile(`${FOLDER}/starter.ink`);
  const model = decodeModel(bytes);
  const { errorRate, interval, errors, count } = await evaluateModelOnFolder(model, [data], "test");
  const record = model.meta.records[0];
  const last = record?.curve.at(-1);
  const starter = {
    command,
    seed: record?.seed,
    layers: model.layers,
    classes: model.classes.join(""),
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    trainedSeconds: Math.round(record?.seconds ?? 0),
    validationError: last?.validationError,
    mnistTest: { errorRate, interval, errors, count },
  };
  await writeFile(`${FOLDER}/starter.json`, `${JSON.stringify(starter, null, 2)}\n`);
  console.log(JSON.stringify(starter));
});
