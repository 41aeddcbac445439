/** `npx tsx scripts/spoiled.ts`: trains the network that tells one character from crossed-out and overwritten ones and writes lib/pipeline/spoiled/spoiled-weights.ts. */
import { writeFile } from "node:fs/promises";
import { Rng } from "../lib/core/rng.ts";
import { SHAPE_CLASSES } from "../lib/pipeline/spoiled/judge-shape.ts";
import { viewBox } from "../lib/pipeline/spoiled/view-box.ts";
import { loadRealWriters, type RealWriter } from "./bench/corpus/real-digits.ts";
import { drawBox } from "./spoiled/draw-box.ts";
import { parseArguments, parseNumber, runCommand, UsageError } from "./support/command-line.ts";
import { fitSmallNet, type NetExample, scoreSmallNet } from "./support/fit-small-net.ts";
import { packSmallNet } from "./support/pack-small-net.ts";

const USAGE = `usage: npx tsx scripts/spoiled.ts [--boxes N] [--hidden N] [--epochs N] [--out FILE]
needs MNIST_DIR and QMNIST_DIR; the defaults make the weights that go with the program`;
const DIGITS = [..."0123456789"];
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];

await runCommand(async (args) => {
  const { values } = parseArguments(
    args,
    { boxes: { type: "string" }, hidden: { type: "string" }, epochs: { type: "string" }, out: { type: "string" } },
    { usage: USAGE },
  );
  const whole = (name: "boxes" | "hidden" | "epochs", usual: number): number =>
    parseNumber(name, values[name] ?? String(usual), { low: 1, high: 1_000_000 });
  const people = await loadRealWriters("train");
  if (people.length === 0) throw new UsageError(`MNIST_DIR or QMNIST_DIR is not set.\n${USAGE}`);
  const examples = drawExamples(people, whole("boxes", 40_000), new Rng(1));
  const others = drawExamples(await loadRealWriters("test"), 2000, new Rng(2));
  console.error(`${examples.length} boxes, ${others.length} of other people and pens`);
  const net = fitSmallNet(examples, {
    outputs: SHAPE_CLASSES.length,
    hidden: whole("hidden", 64),
    epochs: whole("epochs", 10),
    rng: new Rng(3),
    watch: (step, current) => {
      const { loss, errorRate } = scoreSmallNet(current, others);
      console.error(
        `step ${step}: of others' boxes ${(100 * errorRate).toFixed(2)} % are taken for something else, loss ${loss.toFixed(4)}`,
      );
    },
  });
  await writeFile(
    values.out ?? "lib/pipeline/spoiled/spoiled-weights.ts",
    `/** The weights of \`judgeShape\`, made by \`npx tsx scripts/spoiled.ts\` from MNIST's training digits and the simulated pen's characters (README.md); see \`unpackSmallNet\`. */
export const SPOILED_NET_HIDDEN = ${net.hidden};
export const SPOILED_NET_WEIGHTS =
  "${packSmallNet(net)}";
`,
  );
});

/** Half of them people's digits, a fifth the simulated pen's, the others its letters. Labels are places in `SHAPE_CLASSES`. */
function drawExamples(people: readonly RealWriter[], count: number, rng: Rng): NetExample[] {
  return Array.from({ length: count }, (_, i) => {
    const source = i % 10;
    const chars = source < 7 ? DIGITS : LETTERS;
    const char = chars[rng.int(chars.length)]!;
    const { image, mishap } = drawBox(char, source < 5 ? people[rng.int(people.length)]! : null, rng);
    return { values: viewBox(image), label: (SHAPE_CLASSES as readonly string[]).indexOf(mishap ?? char.toLowerCase()) };
  });
}
