import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { smoothBytes } from "../../../lib/simulate/smooth-words.reference.ts";
import { smoothWords } from "../../../lib/simulate/smooth-words.ts";

describe("smoothWords", () => {
  it("does what smoothBytes does, byte for byte", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(1 as const, 3 as const),
        fc.integer({ min: 0, max: 64 }),
        fc.nat(1_000_000),
        (quarter, height, channels, side, seed) => {
          const width = seed % 3 === 0 ? quarter : 4 * quarter;
          const rng = new Rng(seed);
          // Extremes as often as what lies between them.
          const data = Uint8Array.from({ length: width * height * channels }, () => [0, 255, rng.int(256)][rng.int(3)]);
          const page = { width, height, channels };
          expect(Buffer.from(smoothWords(data, page, side)).equals(Buffer.from(smoothBytes(data, page, side)))).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });
});
