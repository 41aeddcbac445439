import { readFile } from "node:fs/promises";
import { InkformError } from "../../../core/inkform-error.ts";

/** A file's bytes. @throws InkformError `not-found` where it is not there or may not be read */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "is not there" : "can't be opened";
    throw new InkformError("not-found", `${path} ${reason}. Check its name and that you may read it.`, error);
  }
}
