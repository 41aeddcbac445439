/** `npm run train`: trains a network on IDX files. A JSON line an epoch on stdout; see USAGE. */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type CurvePoint, trainSettingsSchema } from "../lib/contracts/runs.ts";
import { CHAR_CLASSES } from "../lib/core/char-classes.ts";
import { decodeModel } from "../lib/mlp/model-file/decode-model.ts";
import { joinPieces } from "../lib/mlp/model-file/pieces.ts";
import type { TrainingSet } from "../lib/mlp/training-set.ts";
import { findExamples, readExampleFolders } from "../lib/server/services/train/read-example-folders.ts";
import { trainInNode } from "../lib/server/services/train/train-in-node.ts";
import { chooseClasses, toClassIndices } from "../lib/train/choose-classes.ts";
import { keepClasses } from "../lib/train/keep-classes.ts";
import { parseArguments, parseChoice, parseNumber, runCommand, UsageError } from "./support/command-line.ts";
import { describeTrainingFlags, readTrainingFlags, TRAINING_FLAGS } from "./support/training-flags.ts";

const DEFAULTS = trainSettingsSchema.parse({});

const USAGE = `usage: npm run --silent train -- --data DIR [--data DIR2] --out model.ink [options]
  --data DIR       a folder with {train,validation}-{images-idx3,labels-idx1}-ubyte, raw or .gz, or one that "npm run read" wrote; may be repeated
  --out FILE       where the model goes
  --layers A,B,..  inputs, hidden layers, classes (784,${DEFAULTS.hidden.join(",")},10)
  --classes C      only these characters, such as 0123456789, or "digits", or "letters"; examples of others are left out
  --hold-out N     keep the last N training examples apart as the validation split
  --weights f32|f16  how the model file keeps the weights (f32)
and, with what they are when left out:
${describeTrainingFlags()}
The first interrupt (Ctrl+C) stops the training and keeps what is there.`;

await runCommand(async (args) => {
  const { values } = parseArguments(
    args,
    {
      data: { type: "string", multiple: true },
      out: { type: "string" },
      layers: { type: "string" },
      classes: { type: "string" },
      "hold-out": { type: "string" },
      weights: { type: "string" },
      ...TRAINING_FLAGS,
    },
    { usage: USAGE },
  );
  const { data: folders, out } = values;
  if (!folders || folders.length === 0 || !out) throw new UsageError(`--data and --out are needed.\n${USAGE}`);
  const layers = values.layers === undefined ? null : parseLayers(values.layers);
  const settings = readTrainingFlags(values, layers?.slice(1, -1));
  const weights = values.weights === undefined ? "f32" : parseChoice("weights", values.weights, ["f32", "f16"] as const);

  const read = await readExampleFolders(folders, "train");
  if (read.unlabelled > 0) console.error(`${read.unlabelled} images have no label and are left out.`);
  const classes = values.classes === undefined ? chooseClasses(read.labels) : parseClasses(values.classes, read.labels);
  if (layers) checkLayers(layers, classes);
  let leftOut = 0;
  const prepare = (examples: TrainingSet): TrainingSet => {
    const kept = values.classes === undefined ? { ...examples, leftOut: 0 } : keepClasses(examples, classes);
    leftOut += kept.leftOut;
    return { images: kept.images, labels: toClassIndices(kept.labels, classes) };
  };
  let train = prepare(read);
  const apart = await findExamples(folders, "validation");
  let validation = apart ? prepare(apart) : undefined;
  if (leftOut > 0) console.error(`${leftOut} examples of other characters than ${classes.join("")} are left out.`);
  const held = values["hold-out"] === undefined ? 0 : parseNumber("hold-out", values["hold-out"], { low: 1, high: 10_000_000 });
  if (held > 0) {
    if (validation) throw new UsageError("--hold-out is for data without a validation split; this data has one.");
    if (held >= train.labels.length)
      throw new UsageError(`--hold-out ${held} leaves nothing of ${train.labels.length} examples to train on.`);
    const kept = train.labels.length - held;
    validation = { images: train.images.subarray(kept * 784), labels: train.labels.subarray(kept) };
    train = { images: train.images.subarray(0, kept * 784), labels: train.labels.subarray(0, kept) };
  }
  console.error(
    `${train.labels.length} examples of ${classes.length} classes${validation ? `, ${validation.labels.length} for validation` : ""}; ` +
      `layers 784-${[...settings.hidden, classes.length].join("-")}.`,
  );

  let stopped = false;
  process.once("SIGINT", () => {
    stopped = true;
  });
  const onPoint = (point: CurvePoint): void => {
    if (point.trainError !== null) console.log(JSON.stringify(point));
  };
  // The folder is made first: an hour's training must not end at a path that cannot be written.
  await mkdir(dirname(out), { recursive: true });
  const listener = { onPoint, onCheckpoint: () => {}, isStopped: () => stopped };
  const result = await trainInNode({ train, validation, classes, settings, weights }, listener);
  const model = joinPieces(result.model);
  await writeFile(`${out}.part`, model);
  await rename(`${out}.part`, out);
  const { dataHash } = result.record;
  // Of all networks of a committee together.
  const records = decodeModel(model).meta.records.flatMap((record) => (record === null ? [] : [record]));
  const epochs = records.reduce((sum, record) => sum + record.epochs, 0);
  const seconds = records.reduce((sum, record) => sum + record.seconds, 0);
  console.log(
    JSON.stringify({
      out,
      bytes: model.length,
      stopped: result.stopped,
      networks: records.length,
      epochs,
      seconds,
      seed: settings.seed,
      threads: settings.threads,
      dataHash,
    }),
  );
});

/** @throws UsageError */
function parseClasses(text: string, labels: Uint8Array): string[] {
  const present = new Set(labels);
  const named = { digits: CHAR_CLASSES.slice(0, 10), letters: [...CHAR_CLASSES].filter((_, n) => n >= 10 && present.has(n)).join("") };
  const wanted = new Set(text in named ? named[text as keyof typeof named] : text);
  const unknown = [...wanted].filter((character) => !CHAR_CLASSES.includes(character));
  if (unknown.length > 0)
    throw new UsageError(`--classes takes 0 to 9, A to Z and a to z, "digits" or "letters"; not "${unknown.join("")}".`);
  if (wanted.size < 2) throw new UsageError(`--classes ${text}: with fewer than two classes there is nothing to tell apart.`);
  return [...CHAR_CLASSES].filter((character) => wanted.has(character));
}

function parseLayers(text: string): number[] {
  const layers = text.split(",").map((part) => parseNumber("layers", part, { low: 1, high: 4000 }));
  if (layers.length < 2 || layers.length > 8)
    throw new UsageError(`--layers needs inputs, up to 6 hidden layers and classes, such as 784,128,10; not "${text}".`);
  return layers;
}

/** @throws UsageError where the layers are well formed but do not fit the data */
function checkLayers(layers: readonly number[], classes: readonly string[]): void {
  const hidden = layers
    .slice(1, -1)
    .map((units) => `${units},`)
    .join("");
  const fitting = `784,${hidden}${classes.length}`;
  if (layers[0] !== 784) {
    throw new UsageError(`--layers begins with ${layers[0]}, but an image has 28 x 28 = 784 pixels: use --layers ${fitting}.`);
  }
  if (layers.at(-1) !== classes.length) {
    throw new UsageError(
      `--layers ends with ${layers.at(-1)}, but the data has ${classes.length} classes (${classes.join("")}): use --layers ${fitting}.`,
    );
  }
}
