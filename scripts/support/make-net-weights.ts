import { writeFile } from "node:fs/promises";
import { Rng } from "../../lib/core/rng.ts";
import { loadRealWriters, type RealWriter } from "../bench/corpus/real-digits.ts";
import { parseArguments, parseNumber, UsageError } from "./command-line.ts";
import { fitSmallNet, type NetExample, scoreSmallNet } from "./fit-small-net.ts";
import { packSmallNet } from "./pack-small-net.ts";

export interface NetWeightsOrder {
  /** Of the script, for messages and the file's comment: "border". */
  readonly script: string;
  /** What examples are made from, as the option is named, how many by default, and how many by other people to measure on. */
  readonly from: { readonly name: string; readonly count: number; readonly others: number };
  /** What an example is: "cells". */
  readonly examples: string;
  readonly outputs: number;
  readonly epochs: number;
  readonly draw: (people: readonly RealWriter[], count: number, rng: Rng) => NetExample[];
  /** The file, the function that uses the weights, and what their names in it begin with. */
  readonly file: string;
  readonly usedBy: string;
  readonly prefix: string;
}

/**
 * Trains a small network on examples drawn with MNIST's training writers, measures it on its test writers', and writes its weights as a module.
 * @param args of the command line
 * @throws UsageError where they are wrong or MNIST's writers are not to be had
 */
export async function makeNetWeights(args: string[], order: NetWeightsOrder): Promise<void> {
  const { script, from, examples: what, outputs, draw } = order;
  const usage = `usage: npx tsx scripts/${script}.ts [--${from.name} N] [--hidden N] [--epochs N] [--out FILE]
needs MNIST_DIR and QMNIST_DIR; the defaults make the weights that go with the program`;
  const { values } = parseArguments(
    args,
    { [from.name]: { type: "string" }, hidden: { type: "string" }, epochs: { type: "string" }, out: { type: "string" } },
    { usage },
  );
  const given = values as Record<string, string | undefined>;
  const whole = (name: string, usual: number): number => parseNumber(name, given[name] ?? String(usual), { low: 1, high: 1_000_000 });
  const people = await loadRealWriters("train");
  if (people.length === 0) throw new UsageError(`MNIST_DIR or QMNIST_DIR is not set.\n${usage}`);
  const examples = draw(people, whole(from.name, from.count), new Rng(1));
  const others = draw(await loadRealWriters("test"), from.others, new Rng(2));
  console.error(`${examples.length} ${what}, ${others.length} of other people and pens`);
  const net = fitSmallNet(examples, {
    outputs,
    hidden: whole("hidden", 64),
    epochs: whole("epochs", order.epochs),
    rng: new Rng(3),
    watch: (step, current) => {
      const { loss, errorRate } = scoreSmallNet(current, others);
      const wrong = `${(100 * errorRate).toFixed(2)} %`;
      console.error(`step ${step}: of others' ${what} ${wrong} are taken for something else, loss ${loss.toFixed(4)}`);
    },
  });
  await writeFile(
    given.out ?? order.file,
    `/** The weights of \`${order.usedBy}\`, made by \`npx tsx scripts/${script}.ts\` from MNIST's training digits and the simulated pen's characters (README.md); see \`unpackSmallNet\`. */
export const ${order.prefix}_HIDDEN = ${net.hidden};
export const ${order.prefix}_WEIGHTS =
  "${packSmallNet(net)}";
`,
  );
}
