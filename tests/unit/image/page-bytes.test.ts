import { describe, expect, it } from "vitest";
import { reuseBytes, takeBytes } from "../../../lib/image/page-bytes.ts";

describe("reuseBytes", () => {
  const place = ({ buffer, byteOffset }: Uint8Array) => ({ buffer, byteOffset });
  const holds = (bytes: Uint8Array, value: number): boolean => Buffer.alloc(bytes.length, value).equals(bytes);
  const fillAll = (lengths: readonly number[]): Uint8Array[] => {
    const arrays = lengths.map((length) => takeBytes(length));
    for (const [i, bytes] of arrays.entries()) {
      expect(bytes.length).toBe(lengths[i]);
      expect(holds(bytes, 0)).toBe(true);
      bytes.fill(i + 1);
    }
    expect(arrays.map((bytes, i) => holds(bytes, i + 1))).toEqual(lengths.map(() => true));
    return arrays;
  };

  it("gives zeros, apart from each other, out of the scope before", () => {
    const first = reuseBytes(() => fillAll([100, 100]).map(place));
    const again = reuseBytes(() => fillAll([100, 90, 100, 10]).map(place));
    expect(again[0]).toEqual(first[0]);
  });

  it("goes on where the kernels' memory is full, and uses that again too", () => {
    const lengths = [30_000_000, 30_000_000, 30_000_000, 100];
    const first = reuseBytes(() => fillAll(lengths).map(place));
    const again = reuseBytes(() => fillAll(lengths).map(place));
    expect(again.map(({ buffer }, i) => buffer === first[i].buffer)).toEqual(lengths.map(() => true));
    expect(new Set(again.map(({ buffer }) => buffer)).size).toBe(2);
  });

  it("gives new arrays outside, and after a scope that failed", () => {
    const [a, b] = [takeBytes(50), takeBytes(50)];
    expect(a.buffer).not.toBe(b.buffer);
    let inside: ReturnType<typeof place> | null = null;
    expect(() =>
      reuseBytes(() => {
        inside = place(takeBytes(50));
        reuseBytes(() => expect(place(takeBytes(50))).not.toEqual(inside));
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(place(takeBytes(50))).not.toEqual(inside);
    expect(reuseBytes(() => place(takeBytes(50)))).toEqual(inside);
  });
});
