import { forwardPass } from "./forward-pass.ts";
import type { Kernels } from "./kernels/kernels.ts";
import type { Network } from "./network.ts";
import { createWorkspace } from "./workspace.ts";

/** Examples a pass: enough for the kernels, little memory. */
const CHUNK = 128;

/**
 * Probabilities (n x C) of n images (n x I bytes, 255 = ink, scaled to [0, 1] as in training).
 * An image's result does not depend on which others are with it.
 */
export function predictNetwork(kernels: Kernels, network: Network, images: Uint8Array, n: number): Float32Array {
  const I = network.sizes[0]!;
  const C = network.sizes.at(-1)!;
  const workspace = createWorkspace(network.sizes, Math.min(CHUNK, Math.max(1, n)), { kernels, errors: false });
  const input = workspace.a[0]!;
  const output = workspace.a.at(-1)!;
  const probabilities = new Float32Array(n * C);
  for (let from = 0; from < n; from += CHUNK) {
    const B = Math.min(CHUNK, n - from);
    for (let k = 0; k < B * I; k++) input[k] = images[from * I + k]! / 255;
    forwardPass(kernels, network, workspace, B);
    kernels.softmax(output, output, { B, C });
    probabilities.set(output.subarray(0, B * C), from * C);
  }
  return probabilities;
}
