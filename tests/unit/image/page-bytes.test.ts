import { describe, expect, it } from "vitest";
import { reuseBytes, takeBytes } from "../../../lib/image/page-bytes.ts";

describe("reuseBytes", () => {
  it("gives zeros, apart from each other, out of the scope before", () => {
    const first = reuseBytes(() => [takeBytes(100).fill(7), takeBytes(100).fill(8)].map(({ buffer }) => buffer));
    const again = reuseBytes(() => {
      const arrays = [takeBytes(100), takeBytes(90), takeBytes(100), takeBytes(10)];
      for (const [i, bytes] of arrays.entries()) {
        expect(bytes).toEqual(new Uint8Array([100, 90, 100, 10][i]));
        bytes.fill(i + 1);
      }
      expect(arrays.map((bytes) => bytes[0])).toEqual([1, 2, 3, 4]);
      return arrays.map(({ buffer }) => buffer);
    });
    expect(again.slice(0, 2)).toEqual(first);
    expect(new Set(again).size).toBe(4);
  });

  it("gives new arrays outside, and after a scope that failed", () => {
    const [a, b] = [takeBytes(50), takeBytes(50)];
    expect(a.buffer).not.toBe(b.buffer);
    let inside: ArrayBuffer | null = null;
    expect(() =>
      reuseBytes(() => {
        inside = takeBytes(50).buffer;
        reuseBytes(() => expect(takeBytes(50).buffer).not.toBe(inside));
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(takeBytes(50).buffer).not.toBe(inside);
    expect(reuseBytes(() => takeBytes(50).buffer)).toBe(inside);
  });
});
