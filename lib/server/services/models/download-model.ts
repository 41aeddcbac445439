import { createHash } from "node:crypto";
import type { ModelFormat } from "../../../contracts/runs.ts";
import { exportModel } from "../../../mlp/export/export-model.ts";
import type { Runtime } from "../../runtime.ts";
import { readModel } from "./read-model.ts";

/**
 * A model as a file to save: as Inkform keeps it, or turned into a format of other programs. Takes about 0.05 s per million weights of 32 bits, 0.15 s of 16.
 * @param id "starter" or a run's id
 * @throws InkformError `not-found`; `conflict` where the run has no model yet
 */
export async function downloadModel(
  runtime: Runtime,
  id: string,
  format: ModelFormat,
): Promise<{ readonly bytes: Uint8Array; readonly fileName: string }> {
  const { bytes, fileName } = await readModel(runtime, id);
  if (format === "ink") return { bytes, fileName };
  const hash = createHash("sha256").update(bytes).digest("hex");
  return { bytes: exportModel(bytes, format, hash), fileName: fileName.replace(/\.ink$/, `.${format}`) };
}
