import type { Model } from "../model.ts";
import { concatBytes } from "../model-file/concat-bytes.ts";
import { describeModel } from "./describe-model.ts";
import { listTensors } from "./list-tensors.ts";

/**
 * The model as a safetensors file (https://github.com/huggingface/safetensors#format):
 *
 *   uint64   bytes of the header, little-endian
 *   ...      header: JSON of every tensor's dtype, shape and place after the header, and `__metadata__`, strings;
 *            padded with spaces so that the numbers start at a multiple of 8
 *   ...      numbers, little-endian
 *
 * Tensors are "layers.0.weight" (O x I), "layers.0.bias" and so on, as PyTorch's Linear layers want them; of a committee
 * "members.0.layers.0.weight".
 * @param hash SHA-256 of the .ink file, hex; kept in the file's metadata
 * @throws InkformError
 */
export function encodeSafetensors(model: Model, hash: string): Uint8Array {
  const tensors = listTensors(model);
  const dtype = model.meta.weights === "f16" ? "F16" : "F32";
  // "format: pt" is what PyTorch's loaders look for.
  const header: Record<string, unknown> = { __metadata__: { format: "pt", ...describeModel(model, hash) } };
  let at = 0;
  for (const { name, shape, data } of tensors) {
    header[name] = { dtype, shape, data_offsets: [at, at + data.length] };
    at += data.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20);
  padded.set(json);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(padded.length), true);
  return concatBytes([length, padded, ...tensors.map(({ data }) => data)]);
}
