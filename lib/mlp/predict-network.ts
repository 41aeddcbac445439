import { forwardPass } from "./forward-pass.ts";
import type { Floats, Kernels } from "./kernels/kernels.ts";
import type { Network } from "./network.ts";
import type { PlacedViews } from "./views/place-views.ts";
import type { Workspace } from "./workspace.ts";

/** A network placed where its kernels work, with room for `workspace.B` examples and `bytes` for as many images. */
export interface PlacedNetwork {
  readonly kernels: Kernels;
  readonly network: Network;
  readonly workspace: Workspace;
  readonly bytes: Uint8Array;
  /** How it looks at images; null: once, as they are. */
  readonly views: PlacedViews | null;
}

/**
 * Probabilities (n x C) of n images (n x I bytes, 255 = ink, scaled to [0, 1] as in training), as many at a time as there is room for; the mean over the looks where there are
 * several. An image's result does not depend on which others are with it.
 */
export function predictNetwork(placed: PlacedNetwork, images: Uint8Array, n: number): Float32Array {
  const { network, workspace, bytes, views } = placed;
  const I = network.sizes[0]!;
  const C = network.sizes.at(-1)!;
  const probabilities = new Float32Array(n * C);
  for (let from = 0; from < n; from += workspace.B) {
    const B = Math.min(workspace.B, n - from);
    bytes.set(images.subarray(from * I, (from + B) * I));
    probabilities.set(views ? meanOverLooks(placed, views, B) : predictBatch(placed, B), from * C);
  }
  return probabilities;
}

/** Of the images in `bytes`, by look k where it looks at them otherwise than as they are. @returns a view of the workspace, B x C */
function predictBatch({ kernels, network, workspace, bytes, views }: PlacedNetwork, B: number, k = 0): Floats {
  const input = workspace.a[0]!;
  const output = workspace.a.at(-1)!;
  const C = network.sizes.at(-1)!;
  kernels.together(() => {
    if (views) views.look(k, input, bytes, B);
    else kernels.scaleBytes(input, bytes, B * network.sizes[0]!);
    forwardPass(kernels, network, workspace, B);
    kernels.softmax(output, output, { B, C });
  });
  return output.subarray(0, B * C);
}

/** Summed in float64, rounded once. */
function meanOverLooks(placed: PlacedNetwork, { count }: PlacedViews, B: number): Float64Array {
  const sum = new Float64Array(B * placed.network.sizes.at(-1)!);
  for (let k = 0; k < count; k++) {
    const probabilities = predictBatch(placed, B, k);
    for (let i = 0; i < sum.length; i++) sum[i]! += probabilities[i]!;
  }
  return sum.map((value) => value / count);
}
