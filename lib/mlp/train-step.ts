import { forwardPass } from "./forward-pass.ts";
import type { BatchLoss, Kernels } from "./kernels/kernels.ts";
import { type Network, nonlinearityOf } from "./network.ts";
import type { Workspace } from "./workspace.ts";

export interface StepOptions {
  /** How many examples of the workspace the mini-batch has. */
  readonly B: number;
  readonly rate: number;
  readonly momentum: number;
}

/**
 * One step of training on the mini-batch in workspace.a[0]: forward, loss, backward, update. Changes `network` and `velocity`.
 * The errors pass through a layer before it is changed, so all gradients are taken at the same weights.
 */
export function trainStep(
  kernels: Kernels,
  { network, velocity, workspace }: { network: Network; velocity: Network; workspace: Workspace },
  batch: { readonly labels: Uint8Array } & StepOptions,
): BatchLoss {
  const { sizes, layers } = network;
  const { a, d } = workspace;
  const { B, rate, momentum } = batch;
  const L = layers.length;
  forwardPass(kernels, network, workspace, B);
  const result = kernels.softmaxCrossEntropy(d[L]!, a[L]!, batch.labels, { B, C: sizes[L]! });
  for (let l = L - 1; l >= 0; l--) {
    const shape = { B, I: sizes[l]!, O: sizes[l + 1]! };
    if (l > 0) {
      const below = nonlinearityOf(network, l - 1);
      kernels.backwardLayer(d[l]!, d[l + 1]!, layers[l]!, { ...shape, x: a[l]!, f: below });
    }
    kernels.updateLayer(layers[l]!, velocity.layers[l]!, { x: a[l]!, d: d[l + 1]! }, { ...shape, rate, momentum });
  }
  return result;
}
