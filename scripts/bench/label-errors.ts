import { trainSettingsSchema } from "../../lib/contracts/runs.ts";
import { Rng } from "../../lib/core/rng.ts";
import { findLabelErrors } from "../../lib/label/find-label-errors.ts";
import { readExampleFolders } from "../../lib/server/services/train/read-example-folders.ts";
import { predictOutOfFoldInNode } from "../../lib/server/services/train/train-in-node.ts";
import { assignFolds } from "../../lib/train/predict-out-of-fold.ts";
import { type Bench, round } from "./bench-line.ts";

const CLASSES = [..."0123456789"];
const SHARE = 0.01;
const FOLDS = 4;
const SEED = 1;
/** Points of the curve: so many flags, the surest first, per injected error. */
const CURVE = [0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5];

/**
 * 1 % of MNIST's training labels are made wrong; which of them do the flags find? MNIST has wrong labels of its own, which count here as false alarms.
 */
export const labelErrors: Bench = {
  about: "confident learning on MNIST with 1 % wrong labels put in: precision and recall of the flags (about 2 min)",
  needs: ["MNIST_DIR"],
  async run(report) {
    const { images, labels } = await readExampleFolders([process.env.MNIST_DIR!], "train");
    const rng = new Rng(SEED);
    // A copy: a slice of what was read from a file may share its memory.
    const spoilt = Uint8Array.from(labels);
    const order = rng.shuffle(Uint32Array.from(labels.keys()));
    const injected = new Set(order.subarray(0, Math.round(SHARE * labels.length)));
    for (const n of injected) spoilt[n] = (labels[n]! + 1 + rng.int(9)) % 10;
    const folds = assignFolds(
      Array.from(labels, (_, n) => String(n)),
      FOLDS,
      SEED,
    );
    const startedAt = performance.now();
    const request = { set: { images, labels: spoilt }, folds, classes: CLASSES, settings: trainSettingsSchema.parse({}) };
    let said = 0;
    const probabilities = await predictOutOfFoldInNode(request, {
      onProgress: (fraction) => {
        if (fraction < said + 0.1) return;
        said = fraction;
        console.error(`${Math.round(100 * fraction)} % of ${FOLDS} trainings`);
      },
      isStopped: () => false,
    });
    const trained = performance.now();
    const { flagged, noise } = findLabelErrors(probabilities!, spoilt, CLASSES.length);
    const nothing = { against: null, ratio: null };
    const setting = `${labels.length} digits, ${injected.size} labels wrong`;
    const say = (figure: string, value: number, unit: string): void =>
      report({ figure: `${figure}, ${setting}`, value: round(value), unit, ...nothing });
    const hitsOf = (count: number): number => flagged.slice(0, count).filter(({ index }) => injected.has(index)).length;
    say("flags", flagged.length, "labels");
    say("precision of the flags", hitsOf(flagged.length) / flagged.length, "fraction");
    say("recall of the flags", hitsOf(flagged.length) / injected.size, "fraction");
    const named = flagged.filter(({ index, suggestion }) => injected.has(index) && suggestion === labels[index]).length;
    say("right suggestions among the wrong labels found", named / hitsOf(flagged.length), "fraction");
    say("estimated share of wrong labels", noise, "fraction");
    for (const part of CURVE) {
      const count = Math.round(part * injected.size);
      if (count > flagged.length) break;
      say(`precision of the surest ${count} flags`, hitsOf(count) / count, "fraction");
      say(`recall of the surest ${count} flags`, hitsOf(count) / injected.size, "fraction");
    }
    say(`time of ${FOLDS} trainings`, (trained - startedAt) / 1000, "s");
    say("time of finding errors", (performance.now() - trained) / 1000, "s");
  },
};
