import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Runtime } from "../../runtime.ts";
import { checkMnistFile } from "./check-mnist-file.ts";
import { MNIST_FILES, type MnistFileSpec } from "./mnist-files.ts";

export type MnistSource = "MNIST_DIR" | "downloaded" | "uploaded";

/** Where one of MNIST's files lies. */
export interface MnistPlace {
  readonly source: MnistSource;
  /** @throws InkformError `invalid-file` where its sum is wrong */
  read(): Promise<MnistBytes>;
}

export interface MnistBytes {
  /** As it is kept: raw or packed with gzip. */
  readonly stored: Uint8Array;
  readonly unpacked: Uint8Array;
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
  for (const file of MNIST_FILES) {
    const { name } = file;
    const row = stored.get(name);
    const place =
      (runtime.env.mnistFolder === undefined ? null : await findInFolder(runtime.env.mnistFolder, file, "MNIST_DIR")) ??
      (row === undefined
        ? null
        : {
            source: row.source as MnistSource,
            read: async () => check(await runtime.blobs.get(row.sha256), file, `the stored ${name}`),
          }) ??
      (await findInFolder(mnistFolder(runtime.env.dataFolder), file, "downloaded"));
    if (place !== null) places.set(name, place);
  }
  return places;
}

/** @throws InkformError `unavailable` where one is missing, with what to do */
export async function readMnistFile(places: ReadonlyMap<string, MnistPlace>, name: string): Promise<MnistBytes> {
  const place = places.get(name);
  if (place === undefined) {
    throw new InkformError(
      "unavailable",
      `MNIST's ${name} is not here yet. Press "Get MNIST" on the Datasets page, upload the four files there, run npm run mnist, or start Inkform with MNIST_DIR set to a folder that has them.`,
    );
  }
  return place.read();
}

async function findInFolder(folder: string, file: MnistFileSpec, source: MnistSource): Promise<MnistPlace | null> {
  for (const path of [join(folder, `${file.name}.gz`), join(folder, file.name)]) {
    const found = await stat(/* turbopackIgnore: true */ path).catch(() => null);
    if (found?.isFile()) return { source, read: async () => check(await readFile(/* turbopackIgnore: true */ path), file, path) };
  }
  return null;
}

async function check(stored: Uint8Array, file: MnistFileSpec, origin: string): Promise<MnistBytes> {
  return { stored, unpacked: await checkMnistFile(stored, file, origin) };
}
