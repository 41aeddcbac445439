import { describe, expect, it } from "vitest";
import type { Box } from "../../../lib/core/geometry.ts";
import { Rng } from "../../../lib/core/rng.ts";
import { estimatePaper } from "../../../lib/image/estimate-paper.ts";
import { HIDDEN_BY_H } from "../../../lib/page/subtract-lines.ts";
import { subtractTextsReference } from "../../../lib/page/subtract-texts.reference.ts";
import { type LocatedText, subtractTexts } from "../../../lib/page/subtract-texts.ts";

const W = 243;
const H = 187;

/** Each look is one pattern of light and dark, drawn where its text lies to a tenth of a px, with strokes over some; on paper that gets darker. */
function draw(texts: readonly LocatedText[], seed: number): Uint8Array {
  const rng = new Rng(seed);
  const data = new Uint8Array(W * H);
  for (let y = 0; y < H; y++) {
    for (let x = 0; x < W; x++) {
      let light = (x + 3 * y) % 97 < 5 ? 0.35 : 1;
      for (const { box, look } of texts) {
        const [u, v] = [x + 0.5 - box[0], y + 0.5 - box[1]];
        if (u < 0 || v < 0 || u > box[2] || v > box[3]) continue;
        light *= 0.55 - 0.5 * Math.sin((u * (1 + look.length)) / 2) * Math.cos(v / 2);
      }
      data[y * W + x] = Math.max(0, Math.min(255, Math.round((235 - 0.3 * x) * light + 8 * rng.float() - 4)));
    }
  }
  return data;
}

/** `count` texts of a look all over the page, some of them over its edges. */
function scatter(look: string, count: number, [w, h]: readonly [number, number], seed: number): LocatedText[] {
  const rng = new Rng(seed);
  return Array.from({ length: count }, () => {
    const box: Box = [rng.between(-w / 2, W - w / 2), rng.between(-h / 2, H - h / 2), w, h];
    return { look, box };
  });
}

/** One alone, too few to be known by each other, just enough, an even number, more than are looked at; narrow, wide, at every edge. */
const CASES: readonly { name: string; texts: readonly LocatedText[] }[] = [
  { name: "none", texts: [] },
  { name: "one alone", texts: [{ look: "a", box: [100.3, 80.8, 40.5, 9.2] }] },
  { name: "one as large as the page", texts: [{ look: "a", box: [-5, -5, W + 10, H + 10] }] },
  { name: "one of 2 px at the right edge", texts: [{ look: "a", box: [W - 3.5, 20, 2, 3] }] },
  { name: "four", texts: scatter("b", 4, [17.3, 12.1], 1) },
  { name: "five", texts: scatter("cc", 5, [13.4, 11.9], 2) },
  { name: "six narrow ones", texts: scatter("d", 6, [1.2, 14.7], 3) },
  { name: "twenty-six", texts: scatter("eee", 26, [9.9, 8.1], 4) },
  { name: "fifty-three wide ones beside two", texts: [...scatter("f", 53, [31.5, 6.3], 5), ...scatter("gg", 2, [25, 7], 6)] },
];

describe("the kernels for printed texts", () => {
  it.each(CASES)("take them out as the plain way does: $name", ({ name, texts }) => {
    const original = { width: W, height: H, data: draw(texts, 9) };
    const paper = estimatePaper(original);
    const rng = new Rng(10);
    // Lines have been taken out of the one picture already, and hide some px.
    const clean = original.data.map((grey) => (rng.float() < 0.1 ? 200 : grey));
    const covered = clean.map(() => (rng.float() < 0.1 ? HIDDEN_BY_H : 0));
    const [wantedGray, gray] = [clean, clean].map((data) => ({ width: W, height: H, data: data.slice() }));
    const [wantedHidden, hidden] = [covered.slice(), covered.slice()];
    subtractTextsReference(original, wantedGray, wantedHidden, { paper, texts });
    subtractTexts(original, gray, hidden, { paper, texts });
    const differ = [...gray.data.keys()].filter((i) => gray.data[i] !== wantedGray.data[i] || hidden[i] !== wantedHidden[i]);
    expect(differ.slice(0, 5).map((i) => `${i % W},${Math.floor(i / W)}`)).toEqual([]);
    expect(gray.data.some((grey, i) => grey !== clean[i])).toBe(name !== "none");
  });
});
