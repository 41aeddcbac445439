import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { unpackOptions } from "../../../lib/server/services/train/unpack-options.ts";

const MAX = 10_000_000;
const data = Uint8Array.from({ length: 1_000_000 }, (_, k) => (k * k) >> 7);

test("a packed file is unpacked in one piece of its size", () => {
  const packed = gzipSync(data);
  const options = unpackOptions(packed, MAX);
  expect(options).toEqual({ chunkSize: data.length + 1, maxOutputLength: MAX });
  const unpacked = gunzipSync(packed, options);
  expect(Buffer.compare(unpacked, data)).toBe(0);
  expect(unpacked.buffer.byteLength).toBe(data.length + 1);
});

test("a trailer that says too little costs no data: a file of two parts", () => {
  const packed = Buffer.concat([gzipSync(data), gzipSync(data.subarray(0, 10))]);
  const unpacked = gunzipSync(packed, unpackOptions(packed, MAX));
  expect(unpacked.length).toBe(data.length + 10);
});

test("a trailer that says too much takes no memory beyond what the file can become", () => {
  const packed = gzipSync(data.subarray(0, 100));
  packed.fill(0xff, packed.length - 4);
  expect(unpackOptions(packed, MAX).chunkSize).toBeLessThanOrEqual(1032 * packed.length + 1);
  expect(unpackOptions(new Uint8Array(2), MAX).chunkSize).toBe(16_384);
});
