import { InkformError } from "../core/inkform-error.ts";

/** N examples: N x I bytes (255 = ink) and N labels, each the index of a class. */
export interface TrainingSet {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * Refuses what cannot be trained on.
 * @param options.name of the split, for messages: "training", "validation"
 * @param options.severalClasses refuse a set with one class only
 * @throws InkformError `invalid-argument`
 */
export function checkTrainingSet(
  set: TrainingSet,
  options: { readonly name: string; readonly inputs: number; readonly classes: readonly string[]; readonly severalClasses: boolean },
): void {
  const { name, inputs, classes } = options;
  const N = set.labels.length;
  if (N === 0) refuse(`The ${name} split is empty: there is nothing to learn from. Add labelled glyphs or MNIST.`);
  if (set.images.length !== N * inputs) {
    refuse(
      `The ${name} split has ${N} labels, which need ${N} x ${inputs} = ${N * inputs} image bytes, but ${set.images.length} came. ` +
        "Check that images and labels belong together and that the first layer is the image's number of pixels.",
    );
  }
  const seen = new Set<number>();
  for (let n = 0; n < N; n++) {
    const label = set.labels[n]!;
    if (label >= classes.length) {
      refuse(`Example ${n} of the ${name} split has label ${label}, but there are ${classes.length} classes (0 to ${classes.length - 1}).`);
    }
    seen.add(label);
  }
  if (options.severalClasses && seen.size < 2) {
    const only = classes[[...seen][0]!];
    refuse(`Every example of the ${name} split is "${only}": with one class there is nothing to tell apart. Add other characters.`);
  }
}

function refuse(message: string): never {
  throw new InkformError("invalid-argument", message);
}
