import { InkformError } from "../core/inkform-error.ts";
import { buildModel } from "./build-model.ts";
import type { Model } from "./model.ts";

/**
 * One committee of all the models' networks, in the order given; each has one vote, also where a model is itself a committee. Hidden
 * layers and activations may differ. The weights are written as float16 only if all the models' are.
 * @param names what the models are called in messages, such as their files
 * @throws InkformError `invalid-argument` where classes, inputs or normalizations differ, or where there are more than 25 networks
 */
export function joinModels(models: readonly Model[], names: readonly string[]): Model {
  const [first, ...others] = models;
  if (first === undefined) throw new InkformError("invalid-argument", "A committee needs at least one model.");
  others.forEach((other, k) => {
    const refuse = (what: string): never => {
      throw new InkformError(
        "invalid-argument",
        `${names[k + 1]} cannot join ${names[0]} in a committee: ${what}. Train it again on the same data, or leave it out.`,
      );
    };
    if (other.classes.join("\0") !== first.classes.join("\0")) {
      refuse(`it tells apart ${describe(other.classes)}, the first ${describe(first.classes)}`);
    }
    if (other.layers[0] !== first.layers[0]) refuse(`it reads ${other.layers[0]} pixels, the first ${first.layers[0]}`);
    if (other.meta.normalization !== first.meta.normalization) {
      refuse(`its images are of the normalization "${other.meta.normalization}", the first's of "${first.meta.normalization}"`);
    }
  });
  const trained = models.flatMap(({ networks, meta }) =>
    networks.map((network, m) => ({ network, reshape: meta.reshapes[m], views: meta.views[m], record: meta.records[m] ?? null })),
  );
  const { normalization } = first.meta;
  const weights = models.every(({ meta }) => meta.weights === "f16") ? "f16" : "f32";
  return buildModel(trained, { classes: first.classes, normalization, weights });
}

function describe(classes: readonly string[]): string {
  return `${classes.length} classes (${classes.join("")})`;
}
