import { planDistortion } from "./augment/plan-distortion.ts";
import type { CreateKernels } from "./kernels/kernels.ts";
import type { Network } from "./network.ts";
import { placeNetwork } from "./place-network.ts";
import type { PlacedNetwork } from "./predict-network.ts";
import { placeViews } from "./views/place-views.ts";
import type { Views } from "./views/views.ts";
import { createWorkspace } from "./workspace.ts";

/** Examples a pass: enough for the kernels, little memory. */
const CHUNK = 128;

/** A copy of the network with all that predicting needs. Later changes of the network are not seen. */
export function placeForPrediction(
  create: CreateKernels,
  network: Network,
  { views = "one", chunk = CHUNK }: { readonly views?: Views | undefined; readonly chunk?: number } = {},
): PlacedNetwork {
  const { sizes } = network;
  const pixels = sizes[0]!;
  const kernels = create({ sizes, B: chunk, training: false, distortion: planDistortion("none", pixels, views) });
  const bytes = kernels.allocateBytes(chunk * pixels);
  return {
    kernels,
    network: placeNetwork(kernels, network),
    workspace: createWorkspace(sizes, chunk, { kernels, errors: false }),
    bytes,
    views: placeViews(kernels, views, { pixels, B: chunk }),
  };
}
