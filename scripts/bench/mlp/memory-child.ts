/**
 * A process that trains, or does nothing: measure-memory.ts starts it once for each. Takes MNIST's folder, what to do ("nothing"; "steps", the training
 * alone; "job", as the app does, with checkpoints and the model's file) and the hidden layers ("2500,2000,..."); prints its peak resident memory
 * and the bytes that the training cannot do without.
 */
import { trainSettingsSchema } from "../../../lib/contracts/runs.ts";
import type { Pieces } from "../../../lib/mlp/model-file/pieces.ts";
import { countParameters } from "../../../lib/mlp/network.ts";
import { Trainer } from "../../../lib/mlp/trainer.ts";
import { createTrainingKernels } from "../../../lib/server/services/train/create-training-kernels.ts";
import { readExampleFolders } from "../../../lib/server/services/train/read-example-folders.ts";
import { trainInNode } from "../../../lib/server/services/train/train-in-node.ts";

const SECONDS = 2;
const THREADS = 2;
const [folder, work, layers] = process.argv.slice(2) as [string, "nothing" | "steps" | "job", string];
let needed = 0;
if (work !== "nothing") {
  const hidden = layers.split(",").map(Number);
  const train = await readExampleFolders([folder], "train");
  const classes = [..."0123456789"];
  const sizes = [784, ...hidden, classes.length];
  needed = 2 * 4 * countParameters(sizes) + train.images.length + train.labels.length;
  const settings = { batch: 128, rate: 0.05, epochs: 1000, augment: "none", seed: 1 } as const;
  if (work === "steps") {
    const kernels = createTrainingKernels(THREADS);
    const trainer = new Trainer(train, { ...settings, sizes, activation: "relu" }, { classes, kernels });
    const until = performance.now() + 1000 * SECONDS;
    while (performance.now() < until) trainer.step();
    trainer.end();
  } else {
    const all = trainSettingsSchema.parse({ ...settings, hidden, threads: THREADS, maxSeconds: SECONDS });
    // As the app does, which sends each piece away.
    const send = ({ read }: Pieces): void => {
      for (const _ of read());
    };
    const { model } = await trainInNode(
      { train, classes, settings: all },
      { onPoint: () => {}, onCheckpoint: send, isStopped: () => false },
    );
    send(model);
  }
}
console.log(JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024, needed }));
