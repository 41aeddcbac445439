/** `npm run committee`: joins models into one that predicts the mean of their probabilities. See USAGE. */

import { InkformError } from "../lib/core/inkform-error.ts";
import { joinModels } from "../lib/mlp/join-models.ts";
import type { Model } from "../lib/mlp/model.ts";
import { decodeModel } from "../lib/mlp/model-file/decode-model.ts";
import { encodeModel } from "../lib/mlp/model-file/encode-model.ts";
import { parseArguments, runCommand, UsageError } from "./support/command-line.ts";
import { readModelFile } from "./support/read-model-file.ts";
import { writeWhole } from "./support/write-whole.ts";

const USAGE = `usage: npm run --silent committee -- a.ink b.ink [c.ink ...] --out FILE
  a.ink b.ink   models of the same classes and the same normalization; their hidden layers may differ. A committee may join another one.
  --out FILE    the committee, an .ink file like any other: npm run evaluate and npm run export take it`;

await runCommand(async (args) => {
  const { values, positionals } = parseArguments(args, { out: { type: "string" } }, { usage: USAGE, positionals: true });
  const { out } = values;
  if (positionals.length < 2 || !out) throw new UsageError(`Two models or more, and --out, are needed.\n${USAGE}`);
  const models = [];
  for (const path of positionals) models.push(decodeNamed(await readModelFile(path), path));
  const committee = joinModels(models, positionals);
  const file = encodeModel(committee);
  await writeWhole(out, file);
  const layers = committee.networks.map(({ sizes }) => sizes);
  console.log(JSON.stringify({ out, bytes: file.length, networks: layers.length, layers, weights: committee.meta.weights }));
});

/** Of several files, the message says which. */
function decodeNamed(bytes: Uint8Array, path: string): Model {
  try {
    return decodeModel(bytes);
  } catch (error) {
    if (error instanceof InkformError) throw new InkformError(error.code, `${path}: ${error.message}`, error);
    throw error;
  }
}
