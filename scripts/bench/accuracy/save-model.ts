import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NORMALIZATION_VERSION } from "../../../lib/glyph/normalization-version.ts";
import { buildModel } from "../../../lib/mlp/build-model.ts";
import { encodeModel } from "../../../lib/mlp/model-file/encode-model.ts";
import type { Network } from "../../../lib/mlp/network.ts";
import type { Reshape } from "../../../lib/mlp/reshape/reshapes.ts";
import type { Views } from "../../../lib/mlp/views/views.ts";

/** Writes `folder/name.ink`, without a training record: a time limit makes a training that cannot be repeated exactly. */
export async function saveModel(model: {
  readonly folder: string;
  readonly name: string;
  readonly classes: readonly string[];
  /** More than one: a committee. */
  readonly networks: readonly { readonly network: Network; readonly reshape: Reshape; readonly views: Views }[];
}): Promise<void> {
  const { folder, name, classes, networks } = model;
  await mkdir(folder, { recursive: true });
  const built = buildModel(
    networks.map((trained) => ({ ...trained, record: null })),
    { classes, normalization: NORMALIZATION_VERSION },
  );
  await writeFile(join(folder, `${name}.ink`), encodeModel(built));
}
