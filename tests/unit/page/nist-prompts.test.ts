import { describe, expect, it } from "vitest";
import type { PrintedPrompt } from "../../../lib/page/nist-clean-prompt.ts";
import { parseReference } from "../../../lib/page/nist-parse-reference.ts";
import { settlePrompts } from "../../../lib/page/nist-settle-prompts.ts";

const nothing = { width: 100, height: 40, data: new Uint8Array(4000) };

function digits(name: string, length: number): PrintedPrompt {
  return { name, kind: "digits", length, print: nothing };
}

describe("parseReference", () => {
  it("reads NIST's lines", () => {
    const prompts = parseReference("fld 3 0123456789\nfld 6 87\nfld 31 gyxlakpdebtsirunwfozvmqjch\n");
    expect([...prompts]).toEqual([
      ["f03", "0123456789"],
      ["f06", "87"],
      ["f31", "gyxlakpdebtsirunwfozvmqjch"],
    ]);
  });
  it.each(["fld_06 87", "FLD6: 87", "f06 87", "6 8 7", "  field 6 = 87\r\n"])("takes %j", (line) => {
    expect(parseReference(line).get("f06")).toBe("87");
  });
  it("refuses another text", () => expect(() => parseReference("We, the People")).toThrow(/fld 6 87/));
});

describe("settlePrompts without a page's own print to compare", () => {
  // 13 of each class: three times 0123456789 and ten of each.
  const names = ["f03", "f04", "f05", "f06", "f07"];
  const prompts = names.map((name, i) => digits(name, i < 3 ? 10 : 50));
  const half = "0123456789".repeat(5);

  it("takes OCR's reading where every class then stands 13 times", () => {
    const readings = [["0123456789"], ["0123456789"], ["0123456789"], [half], [half]];
    expect(settlePrompts(prompts, readings)).toEqual(["0123456789", "0123456789", "0123456789", half, half]);
  });
  it("chooses between readings by the count", () => {
    const wrong = `1${half.slice(1)}`;
    const readings = [["0123456789"], ["0123456789"], ["0123456789"], [wrong, half], [half]];
    expect(settlePrompts(prompts, readings)[3]).toBe(half);
  });
  it("trusts nothing where the count is off", () => {
    const wrong = `1${half.slice(1)}`;
    const readings = [["0123456789"], ["0123456789"], ["0123456789"], [wrong], [half]];
    expect(settlePrompts(prompts, readings)).toEqual(["0123456789", "0123456789", "0123456789", null, null]);
  });
  it("trusts nothing where a prompt is missing", () => {
    const readings = [["0123456789"], ["0123456789"], ["0123456789"], [], [half]];
    expect(settlePrompts(prompts, readings).slice(3)).toEqual([null, null]);
  });
});

describe("settlePrompts on alphabets", () => {
  const alphabet = "fmqeornvjtguilkcywdxphbasz";
  const prompt: PrintedPrompt = { name: "f31", kind: "lowercase", length: 26, print: nothing };
  const settle = (...readings: string[]) => settlePrompts([prompt], [readings])[0];

  it("takes a permutation", () => expect(settle(alphabet)).toBe(alphabet));
  it("refuses a repeated letter alone", () => expect(settle("fmqeornvjtguilkcywdxphbass")).toBeNull());
  it("refuses two permutations that differ", () => expect(settle(alphabet, "mfqeornvjtguilkcywdxphbasz")).toBeNull());
  it("settles a repeated letter by other readings", () => {
    expect(settle("fmqeornvjtguilkcywdxphbass", "fmqeornvjtguilkeywdxphbasz", "fmqeornvjtguilkcywdxphbass")).toBe(alphabet);
  });
  it("refuses letters of the other case", () => expect(settle(alphabet.toUpperCase())).toBeNull());
});
