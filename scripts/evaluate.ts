/** `npm run evaluate`: error rate and confusion matrix of a model on a split of a data folder, as JSON on stdout. */
import { decodeModel } from "../lib/mlp/model-file/decode-model.ts";
import { evaluateModelOnFolder } from "../lib/server/services/train/evaluate-model-on-folder.ts";
import { SPLITS } from "../lib/server/services/train/read-example-folders.ts";
import { parseArguments, parseChoice, runCommand, UsageError } from "./support/command-line.ts";
import { readModelFile } from "./support/read-model-file.ts";

const USAGE = `usage: npm run --silent evaluate -- --model model.ink --data DIR [--data DIR2] --split train|validation|test
  --model FILE   an .ink file (lib/mlp/starter/starter.ink is the one that comes with Inkform)
  --data DIR     a folder with {train,validation,t10k}-{images-idx3,labels-idx1}-ubyte, raw or .gz`;

await runCommand(async (args) => {
  const { values } = parseArguments(
    args,
    { model: { type: "string" }, data: { type: "string", multiple: true }, split: { type: "string" } },
    { usage: USAGE },
  );
  const { model: modelPath, data, split } = values;
  if (!modelPath || !data || !split) throw new UsageError(`--model, --data and --split are needed.\n${USAGE}`);
  const chosen = parseChoice("split", split, SPLITS);
  const model = decodeModel(await readModelFile(modelPath));
  const { errorRate, interval, errors, count, confusion, classes } = await evaluateModelOnFolder(model, data, chosen);
  console.log(JSON.stringify({ errorRate, interval, errors, count, confusion, classes }));
});
