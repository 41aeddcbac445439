/** `npx tsx scripts/whole.ts`: trains the network that tells whole characters from wrongly cut ones and writes lib/glyph/whole/whole-weights.ts. */
import { writeFile } from "node:fs/promises";
import { Rng } from "../lib/core/rng.ts";
import { WHOLE_CLASSES } from "../lib/glyph/whole/measure-whole.ts";
import { loadRealWriters, type RealWriter } from "./bench/corpus/real-digits.ts";
import { parseArguments, parseNumber, runCommand, UsageError } from "./support/command-line.ts";
import { fitSmallNet, type NetExample, scoreSmallNet } from "./support/fit-small-net.ts";
import { packSmallNet } from "./support/pack-small-net.ts";
import { drawLine } from "./whole/draw-line.ts";
import { listExamples } from "./whole/list-examples.ts";

const USAGE = `usage: npx tsx scripts/whole.ts [--lines N] [--hidden N] [--epochs N] [--out FILE]
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
    // A third each: people's digits, the simulated pen's, its letters.
    Array.from({ length: lines }, (_, i) => {
      const person = i % 3 === 0 ? people[rng.int(people.length)]! : null;
      return listExamples(drawLine(person, i % 3 === 2 ? "letters" : "digits", rng), rng);
    }).flat();
  const people = await loadRealWriters("train");
  if (people.length === 0) throw new UsageError(`MNIST_DIR or QMNIST_DIR is not set.\n${USAGE}`);
  const examples = draw(people, whole("lines", 1800), new Rng(1));
  const others = draw(await loadRealWriters("test"), 60, new Rng(2));
  console.error(`${examples.length} groups, ${others.length} of other people and pens`);
  const net = fitSmallNet(examples, {
    outputs: WHOLE_CLASSES.length,
    hidden: whole("hidden", 64),
    epochs: whole("epochs", 8),
    rng: new Rng(3),
    watch: (step, current) => {
      const { loss, errorRate } = scoreSmallNet(current, others);
      console.error(
        `step ${step}: of others' groups ${(100 * errorRate).toFixed(2)} % are taken for something else, loss ${loss.toFixed(4)}`,
      );
    },
  });
  await writeFile(
    values.out ?? "lib/glyph/whole/whole-weights.ts",
    `/** The weights of \`measureWhole\`, made by \`npx tsx scripts/whole.ts\` from MNIST's training digits and the simulated pen's characters (README.md); see \`unpackSmallNet\`. */
export const WHOLE_NET_HIDDEN = ${net.hidden};
export const WHOLE_NET_WEIGHTS =
  "${packSmallNet(net)}";
`,
  );
});
