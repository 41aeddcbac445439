import type { Model } from "../model.ts";

/**
 * What a user of an exported file must know and its arrays do not say, as strings, which both formats keep.
 * @param hash SHA-256 of the .ink file, hex: which model this was
 */
export function describeModel(model: Model, hash: string): Record<string, string> {
  return {
    /** JSON: what output c means. */
    classes: JSON.stringify(model.classes),
    /** JSON, one entry a network: its layers' sizes, what its hidden layers apply, and what is done to its images and how often it looks at them. The model's answer is the mean of their softmaxes. */
    networks: JSON.stringify(
      model.networks.map(({ sizes, activation }, m) => ({
        layers: sizes,
        activation,
        reshape: model.meta.reshapes[m],
        views: model.meta.views[m],
      })),
    ),
    /** The recipe that makes the images (docs: lib/glyph/README.md). */
    normalization: model.meta.normalization,
    input: `${model.layers[0]} pixels row by row, 0 = paper, 1 = ink (bytes / 255)`,
    inkform_model_sha256: hash,
  };
}
