import { readFile } from "node:fs/promises";
import { InkformError } from "../../lib/core/inkform-error.ts";

/** @throws InkformError `not-found` with the reason where it cannot be read */
export async function readModelFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new InkformError("not-found", `${path}: the model file cannot be read (${(error as NodeJS.ErrnoException).code}).`, error);
  }
}
