import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Env } from "../../env.ts";
import type { Runtime } from "../../runtime.ts";

/** The model that comes with the program. */
export const STARTER_ID = "starter";
export const STARTER_NAME = "Starter model";

export interface ModelFile {
  /** "starter" or a run's id. */
  readonly id: string;
  readonly name: string;
  /** For a download. */
  readonly fileName: string;
  /** The .ink file. */
  readonly bytes: Uint8Array;
}

/** @param id "starter" or a run's id. @throws InkformError `not-found`; `conflict` where the run has no model yet */
export async function readModel(runtime: Runtime, id: string): Promise<ModelFile> {
  if (id === STARTER_ID) return readStarter(runtime.env);
  const run = await runtime.database.client.run.findUnique({
    where: { id },
    select: { number: true, modelSha256: true, collection: { select: { slug: true } } },
  });
  if (run === null) throw new InkformError("not-found", `There is no model ${id}.`);
  if (run.modelSha256 === null)
    throw new InkformError("conflict", `Run ${run.number} has no model yet: wait until its training ends, or stop it to keep what it has.`);
  return {
    id,
    name: `Run ${run.number}`,
    fileName: `${run.collection.slug}-run-${run.number}.ink`,
    bytes: await runtime.blobs.get(run.modelSha256),
  };
}

async function readStarter(env: Pick<Env, "root">): Promise<ModelFile> {
  const path = join(env.root, "lib", "mlp", "starter", "starter.ink");
  try {
    return { id: STARTER_ID, name: STARTER_NAME, fileName: "starter.ink", bytes: await readFile(path) };
  } catch (error) {
    throw new InkformError(
      "unavailable",
      `The starter model is missing from the program (${path}): get the program anew, or restore that file.`,
      error,
    );
  }
}
