import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { unpackFile } from "../../../lib/server/services/train/unpack-file.ts";
import { unpackOptions } from "../../../lib/server/services/train/unpack-options.ts";

const MAX = 10_000_000;
const data = Uint8Array.from({ length: 1_000_000 }, (_, k) => (k * k) >> 7);

const whole = (packed: Uint8Array) => ({ length: packed.length, trailer: packed });

test("a packed file is unpacked in one piece of its size", () => {
  const packed = gzipSync(data);
  const options = unpackOptions(whole(packed), MAX);
  expect(options).toEqual({ chunkSize: data.length + 1, maxOutputLength: MAX });
  const unpacked = gunzipSync(packed, options);
  expect(Buffer.compare(unpacked, data)).toBe(0);
  expect(unpacked.buffer.byteLength).toBe(data.length + 1);
});

test("a trailer that says too little costs no data: a file of two parts", () => {
  const packed = Buffer.concat([gzipSync(data), gzipSync(data.subarray(0, 10))]);
  const unpacked = gunzipSync(packed, unpackOptions(whole(packed), MAX));
  expect(unpacked.length).toBe(data.length + 10);
});

test("a trailer that says too much takes no memory beyond what the file can become", () => {
  const packed = gzipSync(data.subarray(0, 100));
  packed.fill(0xff, packed.length - 4);
  expect(unpackOptions(whole(packed), MAX).chunkSize).toBeLessThanOrEqual(1032 * packed.length + 1);
  expect(unpackOptions(whole(new Uint8Array(2)), MAX).chunkSize).toBe(16_384);
});

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unpack-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function unpackBytes(bytes: Uint8Array, maxBytes = MAX): Promise<Uint8Array> {
  const path = join(folder, "file.gz");
  await writeFile(path, bytes);
  const file = await open(path);
  try {
    return await unpackFile(file, maxBytes);
  } finally {
    await file.close();
  }
}

test("a file passes through a small buffer into one array", async () => {
  // Does not pack well: several buffers' worth.
  const noise = Uint8Array.from({ length: 300_000 }, (_, k) => Math.imul(k, 0x9e3779b9) >>> 24);
  const unpacked = await unpackBytes(gzipSync(noise));
  expect(Buffer.compare(unpacked, noise)).toBe(0);
  expect(unpacked.buffer.byteLength).toBe(noise.length + 1);
  const parts = await unpackBytes(Buffer.concat([gzipSync(data), gzipSync(data.subarray(0, 10))]));
  expect(Buffer.compare(parts, Buffer.concat([data, data.subarray(0, 10)]))).toBe(0);
  expect(await unpackBytes(gzipSync(new Uint8Array(0)))).toHaveLength(0);
});

test("a file that is damaged, cut short, no .gz or too large is refused", async () => {
  const packed = gzipSync(data);
  const damaged = Uint8Array.from(packed);
  damaged[packed.length >> 1]! ^= 0xff;
  for (const bytes of [damaged, packed.subarray(0, packed.length - 20), Buffer.from("no gzip"), new Uint8Array(0)]) {
    await expect(unpackBytes(bytes)).rejects.toThrow();
  }
  await expect(unpackBytes(packed, 1000)).rejects.toThrow(/more than 1000 bytes/);
});
