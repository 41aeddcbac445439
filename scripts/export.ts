/** `npm run export`: turns an .ink model into a file that other programs load. See USAGE. */
import { createHash } from "node:crypto";
import { EXPORT_FORMATS, exportModel } from "../lib/mlp/export/export-model.ts";
import { parseArguments, parseChoice, runCommand, UsageError } from "./support/command-line.ts";
import { readModelFile } from "./support/read-model-file.ts";
import { writeWhole } from "./support/write-whole.ts";

const USAGE = `usage: npm run --silent export -- --model model.ink --to onnx|safetensors --out FILE
  --model FILE   an .ink file of one network or of a committee (lib/mlp/starter/starter.ink is the one that comes with Inkform)
  --to onnx         input "image", float32 N x 784, ink = 1 (bytes / 255); output "probabilities", N x classes
  --to safetensors  "layers.0.weight" (outputs x inputs, as torch.nn.Linear has it), "layers.0.bias" and so on;
                    of a committee "members.0.layers.0.weight"
  --out FILE     where it goes; classes, layers and normalization are in its metadata`;

await runCommand(async (args) => {
  const { values } = parseArguments(args, { model: { type: "string" }, to: { type: "string" }, out: { type: "string" } }, { usage: USAGE });
  const { model, to, out } = values;
  if (!model || !to || !out) throw new UsageError(`--model, --to and --out are needed.\n${USAGE}`);
  const format = parseChoice("to", to, EXPORT_FORMATS);
  const file = await readModelFile(model);
  const hash = createHash("sha256").update(file).digest("hex");
  const exported = exportModel(file, format, hash);
  await writeWhole(out, exported);
  console.log(JSON.stringify({ out, format, bytes: exported.length, model: hash }));
});
