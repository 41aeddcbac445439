/**
 * A process that trains, or does nothing: measure-memory.ts starts it once for each. Takes MNIST's folder and the hidden layers ("800",
 * "2500,2000,..."), or "none"; prints its peak resident memory and the bytes that the training cannot do without.
 */
import { trainSettingsSchema } from "../../../lib/contracts/runs.ts";
import { countParameters } from "../../../lib/mlp/network.ts";
import { readExampleFolders } from "../../../lib/server/services/train/read-example-folders.ts";
import { trainInNode } from "../../../lib/server/services/train/train-in-node.ts";

const SECONDS = 3;
const [folder, layers] = process.argv.slice(2) as [string, string];
let needed = 0;
if (layers !== "none") {
  const hidden = layers.split(",").map(Number);
  const train = await readExampleFolders([folder], "train");
  const classes = [..."0123456789"];
  needed = 2 * 4 * countParameters([784, ...hidden, 10]) + train.images.length + train.labels.length;
  const settings = trainSettingsSchema.parse({ hidden, batch: 128, threads: 2, maxSeconds: SECONDS });
  // Long enough for the epochs' checkpoints of the small network; that of the large one is written when it stops.
  await trainInNode({ train, classes, settings }, { onPoint: () => {}, onCheckpoint: () => {}, isStopped: () => false });
}
console.log(JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024, needed }));
