import { randomUUID } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { InkformError } from "../core/inkform-error.ts";
import type { Database } from "./db/database.ts";
import { mapDiskError } from "./storage/map-disk-error.ts";

/** Holds the folder's id: a UUID. */
const NAME = "folder.id";

/**
 * Sees to it that a PostgreSQL server's database is used with the one data folder that has its scans and models: of two servers with a folder each, either would
 * take the other's jobs and find no files. The first folder becomes the database's; its id is in both. The folder's is written first, so that one that was killed in between
 * pairs at its next start. The caller holds the folder's lock.
 * @throws InkformError `conflict` where the database goes with another folder
 */
export async function pairDataFolder(folder: string, { client }: Pick<Database, "client">): Promise<void> {
  const known = await readId(folder);
  const paired = await client.dataFolder.findUnique({ where: { key: 1 } });
  if (paired && paired.id !== known) refuse(folder);
  if (paired) return;
  const id = known ?? randomUUID();
  if (known === null) await writeId(folder, id);
  // Another server may be at the same place.
  await client.dataFolder.createMany({ data: [{ key: 1, id }], skipDuplicates: true });
  const now = await client.dataFolder.findUniqueOrThrow({ where: { key: 1 } });
  if (now.id !== id) refuse(folder);
}

function refuse(folder: string): never {
  throw new InkformError(
    "conflict",
    `The database of DATABASE_URL goes with another data folder than ${folder}: its scans and models are there, and a server on each would take the other's work. Set INKFORM_DATA to the folder it was first used with (or to a copy of it, with its file ${NAME}), or give this one a database of its own. Nothing was changed.`,
  );
}

async function readId(folder: string): Promise<string | null> {
  try {
    const id = (await readFile(join(folder, NAME), "utf8")).trim();
    return id === "" ? null : id;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw mapDiskError(error);
  }
}

async function writeId(folder: string, id: string): Promise<void> {
  const path = join(folder, NAME);
  try {
    const file = await open(`${path}.new`, "w");
    try {
      await file.writeFile(`${id}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  } catch (error) {
    throw mapDiskError(error);
  }
}
