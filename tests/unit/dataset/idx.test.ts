import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeIdxImages, decodeIdxLabels } from "../../../lib/dataset/idx.ts";
import { encodeIdxImages, encodeIdxLabels } from "../../../lib/dataset/idx-write.ts";

const hasPython = spawnSync("python3", ["-c", "import struct"]).status === 0;

describe("IDX", () => {
  it("encodes two labels as the format's page says", () => {
    expect([...encodeIdxLabels(Uint8Array.of(7, 2))]).toEqual([0, 0, 8, 1, 0, 0, 0, 2, 7, 2]);
  });

  it("encodes an image as the format's page says", () => {
    const bytes = encodeIdxImages(Uint8Array.of(1, 2, 3, 4, 5, 6), { rows: 2, columns: 3 });
    expect([...bytes]).toEqual([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);
  });

  it("gives back what was written, for any images", () => {
    const images = fc
      .tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([n, rows, columns]) =>
        fc.record({
          rows: fc.constant(rows),
          columns: fc.constant(columns),
          data: fc.uint8Array({ minLength: n * rows * columns, maxLength: n * rows * columns }),
        }),
      );
    fc.assert(
      fc.property(images, ({ rows, columns, data }) => {
        const read = decodeIdxImages(encodeIdxImages(data, { rows, columns }), "x");
        expect(read).toMatchObject({ count: data.length / rows / columns, rows, columns });
        expect([...read.data]).toEqual([...data]);
      }),
    );
  });

  it("reads a file that lies within a larger buffer", () => {
    const file = encodeIdxLabels(Uint8Array.of(1, 2, 3));
    const outer = new Uint8Array(file.length + 5);
    outer.set(file, 3);
    expect([...decodeIdxLabels(outer.subarray(3, 3 + file.length), "x")]).toEqual([1, 2, 3]);
  });

  it.each([
    ["an empty file", new Uint8Array(0), /a\.idx: the file is empty/],
    ["text", new TextEncoder().encode("hello, world"), /not an IDX file/],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0), /packed with gzip/],
    ["floats", Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0), /type 0x0d/],
    ["images as labels", encodeIdxImages(new Uint8Array(784)), /may have been exchanged/],
    ["a cut header", Uint8Array.of(0, 0, 8, 1, 0), /ends within its header/],
    ["a cut file", encodeIdxLabels(new Uint8Array(9)).subarray(0, 12), /is cut short.*9, which is 17 bytes, but the file has 12/],
    ["a file too long", Uint8Array.of(...encodeIdxLabels(new Uint8Array(2)), 9), /bytes after its end/],
    ["absurd sizes", Uint8Array.of(0, 0, 8, 1, 255, 255, 255, 255), /is cut short/],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => decodeIdxLabels(bytes, "a.idx")).toThrow(message);
  });

  it.skipIf(!hasPython)("is read by Python's struct", () => {
    const bytes = encodeIdxImages(
      Uint8Array.from({ length: 24 }, (_, k) => k * 3),
      { rows: 4, columns: 3 },
    );
    const program = `import struct, sys, json
b = sys.stdin.buffer.read()
zero, kind, dims = struct.unpack_from(">HBB", b)
n, r, c = struct.unpack_from(">III", b, 4)
print(json.dumps([zero, kind, dims, n, r, c, list(b[16:])]))`;
    const out = execFileSync("python3", ["-c", program], { input: bytes });
    expect(JSON.parse(out.toString())).toEqual([0, 8, 3, 2, 4, 3, Array.from({ length: 24 }, (_, k) => k * 3)]);
  });

  it.skipIf(!process.env.MNIST_DIR)("reads MNIST's own files, and writes them again byte for byte (needs MNIST_DIR)", () => {
    const unpack = (name: string): Uint8Array => gunzipSync(readFileSync(join(process.env.MNIST_DIR!, name)));
    const imageFile = unpack("t10k-images-idx3-ubyte.gz");
    const labelFile = unpack("t10k-labels-idx1-ubyte.gz");
    const images = decodeIdxImages(imageFile, "images");
    const labels = decodeIdxLabels(labelFile, "labels");
    expect([images.count, images.rows, images.columns]).toEqual([10_000, 28, 28]);
    expect([...labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect(Buffer.compare(encodeIdxImages(images.data), imageFile)).toBe(0);
    expect(Buffer.compare(encodeIdxLabels(labels), labelFile)).toBe(0);
  });
});
