import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../lib/core/sha256.ts";

describe("sha256", () => {
  it("gives FIPS 180-4's example", () => {
    expect(sha256([new TextEncoder().encode("abc")])).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("agrees with Node's over lengths around a block's, in parts of any size", () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, k) => (k * 73) % 256);
    for (const length of [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 300]) {
      const whole = bytes.subarray(0, length);
      const expected = createHash("sha256").update(whole).digest("hex");
      for (const cut of [0, 1, 7, 64, 100].filter((at) => at <= length)) {
        expect(sha256([whole.subarray(0, cut), whole.subarray(cut)]), `${length} bytes cut at ${cut}`).toBe(expected);
      }
    }
  });
});
