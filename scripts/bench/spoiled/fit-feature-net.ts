import { Rng } from "../../../lib/core/rng.ts";
import { describeInk } from "../../../lib/pipeline/describe-ink.ts";
import type { FeatureNet } from "../../../lib/pipeline/spoiled/feature-net.ts";
import { FEATURE_CLASSES } from "../../../lib/pipeline/spoiled/weigh-features.ts";
import { fitSmallNet } from "../../support/fit-small-net.ts";
import { packSmallNet } from "../../support/pack-small-net.ts";
import type { MadeBox } from "./make-boxes.ts";

const EPOCHS = 20;

/** Trains the network of `weighFeatures` on writers' boxes, features standardized. */
export function fitFeatureNet(writers: readonly MadeBox[][], hidden: number): FeatureNet {
  const rows = writers.flatMap((boxes) =>
    describeInk(boxes).flatMap((ink, i) => (ink ? [{ ...ink, label: FEATURE_CLASSES.indexOf(boxes[i]!.mishap ?? "one") }] : [])),
  );
  const places = [...rows[0]!.features.keys()];
  const means = places.map((k) => rows.reduce((sum, { features }) => sum + features[k]!, 0) / rows.length);
  const spreads = places.map(
    (k) => Math.sqrt(rows.reduce((sum, { features }) => sum + (features[k]! - means[k]!) ** 2, 0) / rows.length) || 1,
  );
  const [m, s] = [means, spreads].map((values) => values.map((value) => Number(value.toPrecision(4))));
  const examples = rows.map(({ features, label }) => ({
    values: Float32Array.from(features, (value, k) => (value - m![k]!) / s![k]!),
    label,
  }));
  const net = fitSmallNet(examples, { hidden, outputs: FEATURE_CLASSES.length, epochs: EPOCHS, rng: new Rng(3) });
  return { means: m!, spreads: s!, weights: packSmallNet(net) };
}
