import type { Kernels } from "./kernels/kernels.ts";
import { type Network, nonlinearityOf } from "./network.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Computes a[1] to a[L] (the last before the softmax) of the first B examples in `workspace` from its a[0].
 * @param change called with l once a[l] is there, before it is used
 */
export function forwardPass(kernels: Kernels, network: Network, workspace: Workspace, B: number, change?: (l: number) => void): void {
  change?.(0);
  network.layers.forEach((layer, l) => {
    const shape = { B, I: network.sizes[l]!, O: network.sizes[l + 1]! };
    kernels.forwardLayer(workspace.a[l + 1]!, workspace.a[l]!, layer, { ...shape, f: nonlinearityOf(network, l) });
    change?.(l + 1);
  });
}
