/** `npx tsx scripts/border.ts`: trains the network that tells where the border between two touching characters goes and writes lib/glyph/border/border-weights.ts. */
import { writeFile } from "node:fs/promises";
import { Rng } from "../lib/core/rng.ts";
import { BORDER_CLASSES } from "../lib/glyph/border/measure-borders.ts";
import { loadRealWriters, type RealWriter } from "./bench/corpus/real-digits.ts";
import { listBorderExamples } from "./border/list-border-examples.ts";
import { parseArguments, parseNumber, runCommand, UsageError } from "./support/command-line.ts";
import { fitSmallNet, type NetExample, scoreSmallNet } from "./support/fit-small-net.ts";
import { packSmallNet } from "./support/pack-small-net.ts";
import { drawLine } from "./whole/draw-line.ts";

const USAGE = `usage: npx tsx scripts/border.ts [--lines N] [--hidden N] [--epochs N] [--out FILE]
needs MNIST_DIR and QMNIST_DIR; the defaults make the weights that go with the program`;

await runCommand(async (args) => {
  const { values } = parseArguments(
    args,
    { lines: { type: "string" }, hidden: { type: "string" }, epochs: { type: "string" }, out: { type: "string" } },
    { usage: USAGE },
  );
  const whole = (name: "lines" | "hidden" | "epochs", usual: number): number =>
    parseNumber(name, values[name] ?? String(usual), { low: 1, high: 100_000 });
  const draw = (people: readonly RealWriter[], lines: number, rng: Rng): NetExample[] =>
    // A quarter people's digits, a quarter the simulated pen's, a half its letters: they are of more kinds.
    Array.from({ length: lines }, (_, i) => {
      const person = i % 4 === 0 ? people[rng.int(people.length)]! : null;
      return listBorderExamples(drawLine(person, i % 4 >= 2 ? "letters" : "digits", rng), rng);
    }).flat();
  const people = await loadRealWriters("train");
  if (people.length === 0) throw new UsageError(`MNIST_DIR or QMNIST_DIR is not set.\n${USAGE}`);
  const examples = draw(people, whole("lines", 5000), new Rng(1));
  const others = draw(await loadRealWriters("test"), 100, new Rng(2));
  console.error(`${examples.length} cells, ${others.length} of other people and pens`);
  const net = fitSmallNet(examples, {
    outputs: BORDER_CLASSES.length,
    hidden: whole("hidden", 64),
    epochs: whole("epochs", 3),
    rng: new Rng(3),
    watch: (step, current) => {
      const { loss, errorRate } = scoreSmallNet(current, others);
      console.error(
        `step ${step}: of others' cells ${(100 * errorRate).toFixed(2)} % are taken for something else, loss ${loss.toFixed(4)}`,
      );
    },
  });
  await writeFile(
    values.out ?? "lib/glyph/border/border-weights.ts",
    `/** The weights of \`measureBorders\`, made by \`npx tsx scripts/border.ts\` from MNIST's training digits and the simulated pen's characters (README.md); see \`unpackSmallNet\`. */
export const BORDER_NET_HIDDEN = ${net.hidden};
export const BORDER_NET_WEIGHTS =
  "${packSmallNet(net)}";
`,
  );
});
