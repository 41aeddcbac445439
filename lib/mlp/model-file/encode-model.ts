import type { Model } from "../model.ts";
import type { Network, WeightSource } from "../network.ts";
import { joinPieces } from "./pieces.ts";
import { streamModel } from "./stream-model.ts";

/** An .ink file as a whole, see `streamModel`. @throws InkformError */
export function encodeModel(model: Model<Network | WeightSource>): Uint8Array {
  return joinPieces(streamModel(model));
}
