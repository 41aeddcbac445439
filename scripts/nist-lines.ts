/** `npx tsx scripts/nist-lines.ts`: trains the network that tells strokes from a printed line and writes lib/page/nist-line-weights.ts. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { LINE_NET_INPUTS, type LineNet } from "../lib/page/nist-line-net.ts";
import { fitLineNet, scoreLineNet } from "./nist-lines/fit-line-net.ts";
import { parseArguments, runCommand, UsageError } from "./support/command-line.ts";
import { packSmallNet } from "./support/pack-small-net.ts";

const USAGE = `usage: npx tsx scripts/nist-lines.ts [--hidden N] [--steps N] [--out FILE]
needs MNIST_DIR, the folder with MNIST's .gz files; the defaults make the weights that go with the program`;

/** IDX's header before the images. */
const HEADER_BYTES = 16;

await runCommand(async (args) => {
  const { values } = parseArguments(
    args,
    { hidden: { type: "string" }, steps: { type: "string" }, out: { type: "string" } },
    { usage: USAGE },
  );
  const folder = process.env.MNIST_DIR;
  if (!folder) throw new UsageError(`MNIST_DIR is not set.\n${USAGE}`);
  const load = async (name: string): Promise<Uint8Array> => gunzipSync(await readFile(join(folder, name))).subarray(HEADER_BYTES);
  const train = await load("train-images-idx3-ubyte.gz");
  const test = await load("t10k-images-idx3-ubyte.gz");
  const net = fitLineNet(train, {
    hidden: Number(values.hidden ?? 96),
    steps: Number(values.steps ?? 9000),
    watch: (step, current) => {
      const { loss, errorRate } = scoreLineNet(current, test);
      console.error(
        `step ${step}: on MNIST's test digits ${(100 * errorRate).toFixed(2)} % of the line's px wrong, loss ${loss.toFixed(4)}`,
      );
    },
  });
  await writeFile(values.out ?? "lib/page/nist-line-weights.ts", describeWeights(net));
});

function describeWeights(net: LineNet): string {
  return `/**
 * The weights of \`runLineNet\`, made by \`npx tsx scripts/nist-lines.ts\` from MNIST's training digits and the simulated pen's letters.
 * Base64 of: w1 as int8, LINE_NET_INPUTS x hidden; then float32, little-endian: a scale for each hidden unit's column of w1, b1, w2, b2.
 */
export const LINE_NET_HIDDEN = ${net.hidden};
export const LINE_NET_WEIGHTS =
  "${packSmallNet({ ...net, inputs: LINE_NET_INPUTS })}";
`;
}
