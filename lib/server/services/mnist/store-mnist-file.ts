import type { Runtime } from "../../runtime.ts";
import type { MnistFileSpec } from "./mnist-files.ts";

/** Keeps one of MNIST's files whose sum was checked; a later one takes the earlier one's place (they are the same). */
export async function storeMnistFile(
  runtime: Runtime,
  file: MnistFileSpec,
  stored: { readonly bytes: Uint8Array; readonly source: "downloaded" | "uploaded" },
): Promise<void> {
  const { sha256, bytes } = await runtime.blobs.put(stored.bytes);
  const data = { sha256, bytes, source: stored.source };
  await runtime.database.client.mnistFile.upsert({ where: { name: file.name }, create: { name: file.name, ...data }, update: data });
}
