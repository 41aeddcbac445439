import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeBase32 } from "../../../lib/card/base32.ts";
import { buildCard } from "../../../lib/card/build-card.ts";
import { decodeCardCode, decodePagePayload, encodeCardCode, encodePagePayload } from "../../../lib/card/card-code.ts";
import { type CardSpec, canonicalSpec } from "../../../lib/card/card-spec.ts";
import { arbitraryCardSpec } from "../../support/arbitrary-card-spec.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const spec: CardSpec = { template: "digits", paper: "letter", seed: 0x1234abcd, dropOut: "red" };

describe("card codes", () => {
  it("gives back the spec and the identical card, for any spec", () => {
    fc.assert(
      fc.property(arbitraryCardSpec, (any) => {
        const code = encodeCardCode(any);
        expect(decodeCardCode(code)).toEqual(canonicalSpec(any));
        expect(buildCard(decodeCardCode(code))).toEqual(buildCard(any));
      }),
      { numRuns: 150 },
    );
  });

  it("has 12 characters for a built-in template, 28 for a custom one of all digits and letters", () => {
    expect(encodeCardCode(spec)).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){2}$/);
    const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const custom = encodeCardCode({ ...spec, template: "custom", custom: { characters, repeats: 3, boxMm: 9.5 } });
    expect(custom.replaceAll("-", "")).toHaveLength(28);
  });

  it("reads lower case, spaces, no dashes, O for 0, I and L for 1", () => {
    const code = encodeCardCode({ template: "nist-hsf", paper: "a4", seed: 1, dropOut: "none" });
    expect(code.startsWith("10")).toBe(true);
    const typed = ` ${code.toLowerCase().replaceAll("-", " ").replace("1", "l").replaceAll("0", "o")} `;
    expect(decodeCardCode(typed)).toEqual(decodeCardCode(code));
    expect(decodeCardCode(code.replace("1", "I").replaceAll("-", ""))).toEqual(decodeCardCode(code));
  });

  it("refuses every code with one other character, or two neighbours swapped", () => {
    const plain = encodeCardCode(spec).replaceAll("-", "");
    for (let i = 0; i < plain.length; i++) {
      for (const other of ALPHABET) {
        if (other === plain[i]) continue;
        expect(() => decodeCardCode(plain.slice(0, i) + other + plain.slice(i + 1))).toThrow(/check/);
      }
      if (i + 1 < plain.length && plain[i] !== plain[i + 1]) {
        expect(() => decodeCardCode(plain.slice(0, i) + plain[i + 1] + plain[i] + plain.slice(i + 2))).toThrow(/check/);
      }
    }
  });

  it("refuses a code cut short, a doubled character and one that is not in the alphabet", () => {
    const plain = encodeCardCode(spec).replaceAll("-", "");
    expect(() => decodeCardCode("")).toThrow(/too short/);
    expect(() => decodeCardCode(plain.slice(0, 11))).toThrow(/too short/);
    expect(() => decodeCardCode(plain + plain[11])).toThrow(/check/);
    expect(() => decodeCardCode(plain.replace(plain[3], "U"))).toThrow(/"U" cannot stand in a card code/);
  });

  it("refuses a version it does not know, with a hint", () => {
    expect(() => decodeCardCode(withCheck(`0001000000000${"0".repeat(32)}`))).toThrow(/version 2.*knows version 1.*Update/);
    expect(() => decodeCardCode(withCheck(`0000111100000${"0".repeat(32)}`))).toThrow(/does not know. Update/);
  });

  it("takes the custom characters as a set and the box to a tenth", () => {
    const custom = (characters: string, boxMm: number): string =>
      encodeCardCode({ ...spec, template: "custom", custom: { characters, repeats: 2, boxMm } });
    expect(custom("cab", 12.34)).toBe(custom("abcab", 12.3));
  });

  it.each([
    ["a space", "a b"],
    ["a combining mark", "e\u0301"],
    ["half of a surrogate pair", "\ud83d"],
  ])("refuses custom characters with %s", (_, characters) => {
    expect(() => encodeCardCode({ ...spec, template: "custom", custom: { characters, repeats: 1, boxMm: 10 } })).toThrow(
      /cannot stand alone/,
    );
  });

  it("refuses a seed outside of 32 bits and a misplaced custom part", () => {
    expect(() => encodeCardCode({ ...spec, seed: 2 ** 32 })).toThrow(/seed must be/);
    expect(() => encodeCardCode({ ...spec, template: "custom" })).toThrow(/needs characters/);
    expect(() => encodeCardCode({ ...spec, custom: { characters: "a", repeats: 1, boxMm: 10 } })).toThrow(/only the template "custom"/);
  });
});

describe("page payloads", () => {
  it("hold the code and the page, and fit QR's alphanumeric set", () => {
    const code = encodeCardCode(spec);
    const payload = encodePagePayload(code, 2);
    expect(payload).toMatch(/^[0-9A-Z/]+$/);
    expect(decodePagePayload(payload)).toEqual({ code, page: 2 });
  });

  it("refuse what is not a card's", () => {
    expect(() => decodePagePayload("https://example.org")).toThrow(/not one of Inkform's/);
    expect(() => decodePagePayload("INKFORM/000000000000/1")).toThrow(/check/);
  });
});

/** An independent CRC-15/CAN with all ones as its start, by long division. */
function withCheck(body: string): string {
  const bits = Array.from(body, Number);
  const divisor = Array.from("1100010110011001", Number);
  const work = [...bits.map((bit, i) => (i < 15 ? bit ^ 1 : bit)), ...Array.from({ length: 15 }, () => 0)];
  for (let i = 0; i < bits.length; i++)
    if (work[i] === 1)
      divisor.forEach((bit, j) => {
        work[i + j] ^= bit;
      });
  return encodeBase32([...bits, ...work.slice(bits.length)]);
}
