import { assertArgument } from "../core/assert.ts";
import { forwardPass } from "./forward-pass.ts";
import { sparseKernels } from "./kernels/sparse-kernels.ts";
import type { Model } from "./model.ts";
import { reshapeImages } from "./reshape/reshape-images.ts";
import { createWorkspace } from "./workspace.ts";

/**
 * Every layer's activations for one image: the input in [0, 1] as the network looks at it, each hidden layer, and the probabilities, as many values as the
 * layer has units. For showing what happens inside.
 * @param image inputs bytes (784), 255 = ink; looked at once, as it is, also by a network that looks several times
 * @param member which network of a committee; the probabilities, too, are its own, and `predict` gives the committee's
 */
export function forwardAll(model: Model, image: Uint8Array, member = 0): Float32Array[] {
  const I = model.layers[0]!;
  assertArgument(image.length === I, `The model reads images of ${I} pixels, but ${image.length} came.`);
  const network = model.networks[member];
  assertArgument(network !== undefined, `The model has ${model.networks.length} networks, numbered from 0; there is no ${member}.`);
  const workspace = createWorkspace(network.sizes, 1, { kernels: sparseKernels, errors: false });
  const input = workspace.a[0]!;
  const seen = reshapeImages(model.meta.reshapes[member]!, image, 1);
  for (let k = 0; k < I; k++) input[k] = seen[k]! / 255;
  forwardPass(sparseKernels, network, workspace, 1);
  const output = workspace.a.at(-1)!;
  sparseKernels.softmax(output, output, { B: 1, C: output.length });
  return workspace.a.map((values) => Float32Array.from(values));
}
