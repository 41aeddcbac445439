import type { CreateKernels } from "./kernels/kernels.ts";
import type { Network } from "./network.ts";
import { placeNetwork } from "./place-network.ts";
import type { PlacedNetwork } from "./predict-network.ts";
import { createWorkspace } from "./workspace.ts";

/** Examples a pass: enough for the kernels, little memory. */
const CHUNK = 128;

/** A copy of the network with all that predicting needs. Later changes of the network are not seen. */
export function placeForPrediction(create: CreateKernels, network: Network, chunk = CHUNK): PlacedNetwork {
  const { sizes } = network;
  const kernels = create({ sizes, B: chunk, training: false });
  const bytes = kernels.allocateBytes(chunk * sizes[0]!);
  return { kernels, network: placeNetwork(kernels, network), workspace: createWorkspace(sizes, chunk, { kernels, errors: false }), bytes };
}
