import type { Runtime } from "../../runtime.ts";
import { type ModelFile, readModel, STARTER_ID } from "./read-model.ts";

/** The model that gives the second opinion on the glyphs of a page that is read now: the starter. Its id goes with its labels. */
export async function getClassifier(runtime: Runtime): Promise<ModelFile> {
  return readModel(runtime, STARTER_ID);
}
