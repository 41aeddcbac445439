import { wholePower } from "../core/whole-power.ts";
import type { Kernels } from "./kernels/kernels.ts";
import type { Network } from "./network.ts";

/**
 * Takes a network as it is after step t, a multiple of `every`, into the moving average, both where the kernels work. Every so many steps with
 * decay^every; from the first on without a bias towards where the average began (kernels/average-layer.reference.ts).
 */
export function averageNetwork(
  kernels: Kernels,
  average: Network,
  network: Network,
  { decay, every, t }: { readonly decay: number; readonly every: number; readonly t: number },
): void {
  const keep = wholePower(decay, every);
  const share = (1 - keep) / (1 - wholePower(keep, t / every));
  network.layers.forEach((layer, l) => {
    kernels.averageLayer(average.layers[l]!, layer, { I: network.sizes[l]!, O: network.sizes[l + 1]!, share });
  });
}
