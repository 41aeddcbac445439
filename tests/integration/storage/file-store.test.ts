import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BlobStore } from "../../../lib/server/storage/blob-store.ts";
import { createFileStore } from "../../../lib/server/storage/create-file-store.ts";
import { mapDiskError } from "../../../lib/server/storage/map-disk-error.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("the file store", () => {
  let folder: string;
  let store: BlobStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "inkform-blobs-"));
    store = await createFileStore(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const temporaryFiles = (): Promise<string[]> => readdir(join(folder, "tmp"));

  it("keeps bytes and streams by their SHA-256, once", async () => {
    const bytes = randomBytes(300_000);
    const key = sha256(bytes);
    expect(await store.has(key)).toBe(false);
    expect(await store.put(bytes)).toEqual({ sha256: key, bytes: 300_000 });
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < bytes.length; i += 65_536) yield bytes.subarray(i, i + 65_536);
    }
    expect(await store.put(pieces())).toEqual({ sha256: key, bytes: 300_000 });
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
    const streamed = await store.stream(key);
    expect(streamed.bytes).toBe(300_000);
    expect(Buffer.compare(await buffer(streamed.stream), bytes)).toBe(0);
    expect(await readFile(join(folder, key.slice(0, 2), key.slice(2)))).toEqual(bytes);
    expect(await temporaryFiles()).toEqual([]);
  });

  it("stores the same bytes from many at once", async () => {
    const bytes = randomBytes(1000);
    const stored = await Promise.all(Array.from({ length: 20 }, () => store.put(bytes)));
    expect(new Set(stored.map((blob) => blob.sha256))).toEqual(new Set([sha256(bytes)]));
    expect(Buffer.compare(await store.get(sha256(bytes)), bytes)).toBe(0);
  });

  it("leaves nothing of a source that breaks off", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(1000);
      throw new Error("cut");
    }
    await expect(store.put(broken())).rejects.toThrow("cut");
    expect(await temporaryFiles()).toEqual([]);
  });

  it("stages bytes that may be kept or dropped", async () => {
    const bytes = randomBytes(100);
    const dropped = await store.stage(bytes);
    expect(Buffer.compare(await dropped.read(), bytes)).toBe(0);
    await dropped.discard();
    expect(await store.has(dropped.sha256)).toBe(false);
    const kept = await store.stage(bytes);
    await kept.keep();
    await kept.discard();
    expect(await store.has(kept.sha256)).toBe(true);
    expect(await temporaryFiles()).toEqual([]);
  });

  it("removes what a killed process left half-written", async () => {
    await writeFile(join(folder, "tmp", "half"), "x");
    await createFileStore(folder);
    expect(await temporaryFiles()).toEqual([]);
  });

  it("mends a blob that is shorter than it should be", async () => {
    const bytes = randomBytes(100);
    const { sha256: key } = await store.put(bytes);
    await writeFile(join(folder, key.slice(0, 2), key.slice(2)), "short");
    await store.put(bytes);
    expect(Buffer.compare(await store.get(key), bytes)).toBe(0);
  });

  it("deletes, and says what is missing", async () => {
    const { sha256: key } = await store.put(new Uint8Array([1]));
    await store.delete(key);
    await store.delete(key);
    await expect(store.get(key)).rejects.toMatchObject({ code: "not-found" });
    await expect(store.stream(key)).rejects.toMatchObject({ code: "not-found" });
  });

  it("refuses keys that are paths", async () => {
    await expect(store.get("../../etc/passwd")).rejects.toMatchObject({ code: "invalid-argument" });
    await expect(store.delete(`${"a".repeat(62)}/.`)).rejects.toMatchObject({ code: "invalid-argument" });
  });

  it("says in words that the disk is full or read-only", async () => {
    expect(mapDiskError(Object.assign(new Error("x"), { code: "ENOSPC" }))).toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/disk.*full/) as string,
    });
    expect(mapDiskError(Object.assign(new Error("x"), { code: "EROFS" }))).toMatchObject({ code: "unavailable" });
    const other = new Error("x");
    expect(mapDiskError(other)).toBe(other);
  });
});
