import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import type { CardSpec } from "../../../lib/card/card-spec.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { readCodeText } from "../../../lib/page/read-code-text.ts";

const image = { width: 420, height: 594, data: new Uint8Array(420 * 594).fill(255) };
const page = buildCard({ template: "digits", paper: "a4", seed: 1, dropOut: "none" }).pages[0];
const papers = [{ paper: "a4", page, mmToPx: Float64Array.of(2, 0, 0, 0, 2, 0, 0, 0, 1), residualPx: 0 }] as const;

/** The card found where OCR reads `text` on the code's line, and `info` at the footer's end. */
async function find(text: string, info = ""): Promise<string | null> {
  const found = await readCodeText(image, papers, (_, characters) => Promise.resolve(characters.startsWith("Page") ? info : text));
  return found && `${found.card.code} ${found.pageIndex}`;
}

function card(seed: number, spec: Partial<CardSpec> = {}): ReturnType<typeof buildCard> {
  return buildCard({ template: "digits", paper: "a4", seed, dropOut: "none", ...spec });
}

describe("readCodeText", () => {
  it("takes a reading that passes the code's check, also with twins exchanged or one look-alike", async () => {
    const rng = new Rng(5);
    for (let i = 0; i < 12; i++) {
      const { code } = card(rng.int(2 ** 32));
      expect(await find(code)).toBe(`${code} 0`);
      expect(await find(code.replaceAll("Z", "2").replaceAll("S", "5").replaceAll("B", "8"))).toBe(`${code} 0`);
      expect(await find(code.replace("0", "D"))).toBe(`${code} 0`);
      expect(await find(`~ ${code} .`)).toBe(`${code} 0`);
    }
  });

  it("takes no reading with three wrong characters for another card", async () => {
    const rng = new Rng(6);
    let taken = 0;
    for (let i = 0; i < 100; i++) {
      const characters = [...card(rng.int(2 ** 32)).code];
      for (const at of [3, 6, 11]) characters[at] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[rng.int(32)];
      const text = characters.join("");
      const found = await find(text);
      if (found !== null && !text.startsWith(found.slice(0, 14))) taken++;
    }
    // 40 tries at 1 in 32,768 each, for the 4 places of 5 where all three differ.
    expect(taken).toBeLessThanOrEqual(1);
  });

  it("refuses a card of another paper, and a page number that is none of the card's", async () => {
    expect(await find(card(7, { paper: "letter" }).code)).toBeNull();
    const two = card(7, { template: "custom", custom: { characters: "0123456789", repeats: 40, boxMm: 12 } });
    expect(two.pages.length).toBeGreaterThan(1);
    const n = two.pages.length;
    expect(await find(two.code, `Page 2 of ${n} 4 100`)).toBe(`${two.code} 1`);
    expect(await find(two.code, `Page 2 of ${n + 1}`)).toBeNull();
    expect(await find(two.code, `Page ${n + 1} of ${n}`)).toBeNull();
    expect(await find(two.code, "")).toBeNull();
  });
});
