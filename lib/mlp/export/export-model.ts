import { decodeModel } from "../model-file/decode-model.ts";
import { encodeOnnx } from "./encode-onnx.ts";
import { encodeSafetensors } from "./encode-safetensors.ts";

/** What an .ink file can be turned into. */
export const EXPORT_FORMATS = ["onnx", "safetensors"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Turns an .ink file, of one network or of a committee, into a file of another format. Weights are float16 where the .ink file's are.
 * @param hash SHA-256 of `file`, hex; the exported file says by it which model it was
 * @throws InkformError `invalid-file`
 */
export function exportModel(file: Uint8Array, format: ExportFormat, hash: string): Uint8Array {
  const model = decodeModel(file);
  switch (format) {
    case "onnx":
      return encodeOnnx(model, hash);
    case "safetensors":
      return encodeSafetensors(model, hash);
  }
}
