import { forwardPass } from "./forward-pass.ts";
import type { Kernels } from "./kernels/kernels.ts";
import type { Network } from "./network.ts";
import type { Workspace } from "./workspace.ts";

/** A network placed where its kernels work, with room for `workspace.B` examples and `bytes` for as many images. */
export interface PlacedNetwork {
  readonly kernels: Kernels;
  readonly network: Network;
  readonly workspace: Workspace;
  readonly bytes: Uint8Array;
}

/**
 * Probabilities (n x C) of n images (n x I bytes, 255 = ink, scaled to [0, 1] as in training), as many at a time as there is room for.
 * An image's result does not depend on which others are with it.
 */
export function predictNetwork({ kernels, network, workspace, bytes }: PlacedNetwork, images: Uint8Array, n: number): Float32Array {
  const I = network.sizes[0]!;
  const C = network.sizes.at(-1)!;
  const input = workspace.a[0]!;
  const output = workspace.a.at(-1)!;
  const probabilities = new Float32Array(n * C);
  for (let from = 0; from < n; from += workspace.B) {
    const B = Math.min(workspace.B, n - from);
    bytes.set(images.subarray(from * I, (from + B) * I));
    kernels.together(() => {
      kernels.scaleBytes(input, bytes, B * I);
      forwardPass(kernels, network, workspace, B);
      kernels.softmax(output, output, { B, C });
    });
    probabilities.set(output.subarray(0, B * C), from * C);
  }
  return probabilities;
}
