import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Runtime } from "../../runtime.ts";
import { MNIST_FILES } from "./mnist-files.ts";

const unpack = promisify(gunzip);

export type MnistSource = "MNIST_DIR" | "downloaded" | "uploaded";

/** Where one of MNIST's files lies. */
export interface MnistPlace {
  readonly source: MnistSource;
  /** The file's bytes, unpacked. */
  read(): Promise<Uint8Array>;
}

/** Where `npm run mnist` puts the files. */
export function mnistFolder(dataFolder: string): string {
  return join(dataFolder, "mnist");
}

/**
 * Looks for MNIST's files, each in MNIST_DIR, then among those that this site downloaded or was given, then where `npm run mnist` puts them.
 * @returns by the file's name; a missing file is not in the map
 */
export async function findMnist(runtime: Runtime): Promise<Map<string, MnistPlace>> {
  const rows = await runtime.database.client.mnistFile.findMany();
  const stored = new Map(rows.map((row) => [row.name, row]));
  const places = new Map<string, MnistPlace>();
  for (const { name } of MNIST_FILES) {
    const row = stored.get(name);
    const place =
      (runtime.env.mnistFolder === undefined ? null : await findInFolder(runtime.env.mnistFolder, name, "MNIST_DIR")) ??
      (row === undefined ? null : { source: row.source as MnistSource, read: async () => unpackIfPacked(await runtime.blobs.get(row.sha256)) }) ??
      (await findInFolder(mnistFolder(runtime.env.dataFolder), name, "downloaded"));
    if (place !== null) places.set(name, place);
  }
  return places;
}

/** @throws InkformError `unavailable` where one is missing, with what to do */
export async function readMnistFile(places: ReadonlyMap<string, MnistPlace>, name: string): Promise<Uint8Array> {
  const place = places.get(name);
  if (place === undefined) {
    throw new InkformError(
      "unavailable",
      `MNIST's ${name} is not here yet. Press "Get MNIST" on the Datasets page, upload the four files there, run npm run mnist, or start Inkform with MNIST_DIR set to a folder that has them.`,
    );
  }
  return place.read();
}

async function findInFolder(folder: string, name: string, source: MnistSource): Promise<MnistPlace | null> {
  for (const path of [join(folder, `${name}.gz`), join(folder, name)]) {
    const found = await stat(path).catch(() => null);
    if (found?.isFile()) return { source, read: async () => unpackIfPacked(await readFile(path)) };
  }
  return null;
}

async function unpackIfPacked(bytes: Uint8Array): Promise<Uint8Array> {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? unpack(bytes) : bytes;
}
