import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { assertArgument } from "../../core/assert.ts";
import { InkformError } from "../../core/inkform-error.ts";
import type { BlobStore, StagedBlob, StoredBlob } from "./blob-store.ts";
import { mapDiskError } from "./map-disk-error.ts";

/**
 * Blobs as files: `folder/ab/cdef...` for the SHA-256 abcdef.... A blob is written to `folder/tmp`, flushed to the disk, and renamed into place, so that a
 * file in its place is whole. Left-overs in `tmp` (of a process that was killed) are removed here; the caller holds the data folder's lock.
 */
export async function createFileStore(folder: string): Promise<BlobStore> {
  const temporary = join(folder, "tmp");
  await mkdir(temporary, { recursive: true });
  for (const name of await readdir(temporary)) await rm(join(temporary, name), { force: true });

  const pathOf = (sha256: string): string => {
    assertArgument(/^[0-9a-f]{64}$/.test(sha256), `a blob's key must be 64 hexadecimal digits, not "${sha256}"`);
    return join(folder, sha256.slice(0, 2), sha256.slice(2));
  };
  const sizeOf = async (path: string): Promise<number | null> => {
    try {
      return (await stat(path)).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  };
  const missing = (sha256: string): InkformError =>
    new InkformError(
      "not-found",
      `The stored bytes ${sha256} are missing from the data folder. Restore its folder "blobs" from a copy, or upload the file again.`,
    );

  const stage = async (source: Uint8Array | AsyncIterable<Uint8Array>): Promise<StagedBlob> => {
    const path = join(temporary, randomUUID());
    const discard = (): Promise<void> => rm(path, { force: true });
    let stored: StoredBlob;
    try {
      stored = await write(path, source);
    } catch (error) {
      await discard().catch(() => {});
      throw mapDiskError(error);
    }
    const keep = async (): Promise<StoredBlob> => {
      try {
        const place = pathOf(stored.sha256);
        if ((await sizeOf(place)) === stored.bytes) await discard();
        else {
          await mkdir(dirname(place), { recursive: true });
          await rename(path, place);
          await syncFolder(dirname(place));
        }
        return stored;
      } catch (error) {
        await discard().catch(() => {});
        throw mapDiskError(error);
      }
    };
    return { ...stored, read: async () => new Uint8Array(await readFile(path)), keep, discard };
  };

  return {
    stage,
    async put(source) {
      return (await stage(source)).keep();
    },
    async get(sha256) {
      try {
        return new Uint8Array(await readFile(pathOf(sha256)));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") throw missing(sha256);
        throw error;
      }
    },
    async stream(sha256) {
      const path = pathOf(sha256);
      const bytes = await sizeOf(path);
      if (bytes === null) throw missing(sha256);
      return { stream: createReadStream(path), bytes };
    },
    async has(sha256) {
      return (await sizeOf(pathOf(sha256))) !== null;
    },
    async delete(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
  };
}

/** Writes, flushes and hashes. */
async function write(path: string, source: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredBlob> {
  const file = await open(path, "wx");
  try {
    const hash = createHash("sha256");
    let bytes = 0;
    const chunks = source instanceof Uint8Array ? [source] : source;
    for await (const chunk of chunks) {
      hash.update(chunk);
      for (let done = 0; done < chunk.length; ) done += (await file.write(chunk, done, chunk.length - done)).bytesWritten;
      bytes += chunk.length;
    }
    await file.sync();
    return { sha256: hash.digest("hex"), bytes };
  } finally {
    await file.close();
  }
}

/** A rename survives a power cut once its folder is flushed. Windows knows no such call. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
