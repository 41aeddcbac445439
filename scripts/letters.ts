/** `npx tsx scripts/letters.ts --fonts FOLDER`: trains the network that reads letters in undivided fields and writes lib/glyph/letters/letter-weights.ts. */
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { trainSettingsSchema } from "../lib/contracts/runs.ts";
import { Rng } from "../lib/core/rng.ts";
import { LETTER_NET_INPUTS } from "../lib/glyph/letters/letter-net.ts";
import { decodeModel } from "../lib/mlp/model-file/decode-model.ts";
import { joinPieces } from "../lib/mlp/model-file/pieces.ts";
import { trainInNode } from "../lib/server/services/train/train-in-node.ts";
import { drawExamples } from "./letters/draw-examples.ts";
import { LETTERS, loadLetters } from "./letters/load-letters.ts";
import { parseArguments, parseNumber, runCommand, UsageError } from "./support/command-line.ts";
import { packSmallNet } from "./support/pack-small-net.ts";

const USAGE = `usage: npx tsx scripts/letters.ts --fonts FOLDER [--hidden N] [--times N] [--epochs N] [--held-out N] [--out FILE]
  FOLDER holds fonts of people's handwriting as .woff, .ttf or .otf, one a person; every one that has all 52 letters is used.
  --held-out N keeps every N-th out of the training and tells how it is read; without it all are used, as for the weights that go with the program.`;

/** The trainer wants a character for each class: a digit stands for what is no letter. */
const NO_LETTER = "0";
const CLASSES = [...LETTERS, NO_LETTER];

await runCommand(async (args) => {
  const { values } = parseArguments(
    args,
    {
      fonts: { type: "string" },
      hidden: { type: "string" },
      times: { type: "string" },
      epochs: { type: "string" },
      "held-out": { type: "string" },
      out: { type: "string" },
    },
    { usage: USAGE },
  );
  if (!values.fonts) throw new UsageError(USAGE);
  const files = (await readdir(values.fonts)).filter((file) => /\.(woff|ttf|otf)$/.test(file)).sort();
  const hands = (await Promise.all(files.map((file) => loadLetters(join(values.fonts!, file))))).filter((hand) => hand !== null);
  const whole = (name: "hidden" | "times" | "epochs" | "held-out", usual: number, low: number): number =>
    parseNumber(name, values[name] ?? String(usual), { low, high: 10_000 });
  const apart = whole("held-out", 0, 0);
  const isApart = (i: number): boolean => apart > 0 && i % apart === 0;
  const times = whole("times", 30, 1);
  const train = drawExamples(
    hands.filter((_, i) => !isApart(i)),
    times,
    new Rng(1),
  );
  const validation =
    apart > 0
      ? drawExamples(
          hands.filter((_, i) => isApart(i)),
          4,
          new Rng(2),
        )
      : undefined;
  console.error(`${train.labels.length} pictures of ${hands.filter((_, i) => !isApart(i)).length} hands`);
  const settings = trainSettingsSchema.parse({
    hidden: [whole("hidden", 144, 1)],
    epochs: whole("epochs", 40, 1),
    seed: 1,
    threads: 1,
    augment: "elastic",
  });
  const result = await trainInNode(
    { train, ...(validation && { validation }), classes: CLASSES, settings, weights: "f32" },
    {
      onPoint: (point) => {
        if (point.trainError !== null) console.error(JSON.stringify(point));
      },
      onCheckpoint: () => {},
      isStopped: () => false,
    },
  );
  await writeFile(values.out ?? "lib/glyph/letters/letter-weights.ts", describeWeights(joinPieces(result.model)));
});

function describeWeights(file: Uint8Array): string {
  const { networks, layers } = decodeModel(file);
  const [first, second] = networks[0]!.layers as [{ w: Float32Array; b: Float32Array }, { w: Float32Array; b: Float32Array }];
  const net = { inputs: LETTER_NET_INPUTS, hidden: layers[1]!, w1: first.w, b1: first.b, w2: second.w, b2: second.b };
  return `/**
 * The weights of \`runLetterNet\`, made by \`npx tsx scripts/letters.ts\` from fonts of people's handwriting (README.md).
 * Base64 of: w1 as int8, LETTER_NET_INPUTS x hidden; then float32, little-endian: a scale for each hidden unit's column of w1, b1, w2, b2.
 */
export const LETTER_NET_HIDDEN = ${net.hidden};
export const LETTER_NET_WEIGHTS =
  "${packSmallNet(net)}";
`;
}
