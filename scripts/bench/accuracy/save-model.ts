import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NORMALIZATION_VERSION } from "../../../lib/glyph/normalization-version.ts";
import { encodeModel } from "../../../lib/mlp/model-file/encode-model.ts";
import type { Network } from "../../../lib/mlp/network.ts";

/** Writes `folder/name.ink`, without a training record: a time limit makes a training that cannot be repeated exactly. */
export async function saveModel(model: {
  readonly folder: string;
  readonly name: string;
  readonly classes: readonly string[];
  readonly network: Network;
}): Promise<void> {
  const { folder, name, classes, network } = model;
  await mkdir(folder, { recursive: true });
  const meta = { normalization: NORMALIZATION_VERSION, weights: "f32", record: null } as const;
  await writeFile(join(folder, `${name}.ink`), encodeModel({ classes, layers: network.sizes, network, meta }));
}
