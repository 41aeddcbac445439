import { joinPieces } from "../../lib/mlp/model-file/pieces.ts";
import { trainInNode as train } from "../../lib/server/services/train/train-in-node.ts";
import type { TrainListener, TrainRequest, TrainResult } from "../../lib/train/train-network.ts";

/** A training as the app does it, with the model's file as a whole. */
export async function trainInNode(
  request: TrainRequest,
  listener: TrainListener,
): Promise<Omit<TrainResult, "model"> & { model: Uint8Array }> {
  const result = await train(request, listener);
  return { ...result, model: joinPieces(result.model) };
}
