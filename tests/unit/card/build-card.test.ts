import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCard } from "../../../lib/card/build-card.ts";
import { buildCardDrawing } from "../../../lib/card/build-card-drawing.ts";
import type { DrawingItem } from "../../../lib/card/card-drawing.ts";
import { type Card, cardSchema, PAPERS, TEMPLATE_IDS, type TemplateId } from "../../../lib/card/card-manifest.ts";
import { DROP_OUTS } from "../../../lib/card/card-spec.ts";
import { measureText } from "../../../lib/card/measure-text.ts";
import type { Box } from "../../../lib/core/geometry.ts";
import { arbitraryCardSpec } from "../../support/arbitrary-card-spec.ts";

const built = PAPERS.flatMap((paper) => TEMPLATE_IDS.filter((t) => t !== "custom").map((template) => ({ paper, template })));
const make = (template: TemplateId, seed = 1, paper: Card["paper"] = "a4"): Card => buildCard({ template, paper, seed, dropOut: "none" });
const count = (text: string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const c of text) counts[c] = (counts[c] ?? 0) + 1;
  return counts;
};
const promptsOf = (card: Card, kind: string): string[] =>
  card.pages.flatMap((p) => p.fields.filter((f) => f.kind === kind).map((f) => f.prompt));
const sorted = (text: string): string => [...text].sort().join("");

describe("prompts", () => {
  it("nist-hsf: 28 digit fields of NIST's lengths, every digit 13 times of 130, whatever the seed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (seed) => {
        const card = make("nist-hsf", seed);
        const digits = promptsOf(card, "digits");
        expect(digits.slice(0, 3)).toEqual(["0123456789", "0123456789", "0123456789"]);
        // The lengths of f1002_33's 25 mixed fields, in its reading order.
        expect(
          digits
            .slice(3)
            .map((p) => p.length)
            .join(""),
        ).toBe("2345634562456235623462345");
        expect(Object.values(count(digits.join("")))).toEqual(Array(10).fill(13));
        expect(sorted(promptsOf(card, "lowercase").join(""))).toBe("abcdefghijklmnopqrstuvwxyz");
        expect(sorted(promptsOf(card, "uppercase").join(""))).toBe("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
      }),
      { numRuns: 30 },
    );
  });

  it("nist-hsf: NIST's field numbers, without the name", () => {
    const names = make("nist-hsf").pages[0].fields.map((f) => f.name);
    expect(names).toEqual(["writer", ...Array.from({ length: 33 }, (_, i) => `f${String(i + 1).padStart(2, "0")}`)]);
  });

  it.each([
    ["a4", 210],
    ["letter", 200],
  ] as const)("digits on %s: %i boxes, every digit as often", (paper, boxes) => {
    const digits = promptsOf(make("digits", 3, paper), "digits").join("");
    expect(digits).toHaveLength(boxes);
    expect(Object.values(count(digits))).toEqual(Array(10).fill(boxes / 10));
  });

  it("letters: each letter once", () => {
    const card = make("letters", 9);
    expect(sorted(promptsOf(card, "uppercase").join(""))).toBe("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    expect(sorted(promptsOf(card, "lowercase").join(""))).toBe("abcdefghijklmnopqrstuvwxyz");
  });

  it("custom: each character as often as asked, over several pages", () => {
    const card = buildCard({
      template: "custom",
      paper: "a4",
      seed: 5,
      dropOut: "none",
      custom: { characters: "7aé", repeats: 50, boxMm: 20 },
    });
    expect(card.pages.length).toBeGreaterThan(1);
    expect(count(promptsOf(card, "characters").join(""))).toEqual({ "7": 50, a: 50, é: 50 });
    const names = card.pages.flatMap((p) => p.fields.filter((f) => f.kind === "characters").map((f) => f.name));
    expect(new Set(names).size).toBe(names.length);
  });

  it("another seed gives another order", () => {
    expect(promptsOf(make("digits", 1), "digits")).not.toEqual(promptsOf(make("digits", 2), "digits"));
  });
});

describe("geometry", () => {
  it.each(built)("$template on $paper is a valid card whose marks do not touch", ({ template, paper }) => {
    const card = make(template, 42, paper);
    expect(cardSchema.parse(card)).toEqual(card);
    expectCleanPages(card);
  });

  it("holds for any spec", () => {
    fc.assert(
      fc.property(arbitraryCardSpec, (spec) => expectCleanPages(buildCard(spec), 2)),
      { numRuns: 60 },
    );
  });

  it("keeps the longest consent line that it takes clear of everything, and refuses a longer one", () => {
    for (const paper of PAPERS) {
      const card = make("nist-hsf", 1, paper);
      expectClean(card, 0, "Wide WORDS make Much Width. ".repeat(10).slice(0, 280));
      expect(() => buildCardDrawing(card, 0, { consent: "WWWWWWWW ".repeat(33) })).toThrow(/room for 4/);
    }
  });

  it("refuses a consent line that its font cannot print, a word too long, and a page that is not there", () => {
    const card = make("digits");
    expect(() => buildCardDrawing(card, 0, { consent: "\u3042" })).toThrow(/font lacks/);
    expect(() => buildCardDrawing(card, 0, { consent: "x".repeat(300) })).toThrow(/wider than/);
    expect(() => buildCardDrawing(card, 1)).toThrow(/no page 2/);
  });

  it.each(DROP_OUTS.filter((d) => d !== "none"))("prints boxes and prompts in %s, marks and code in black", (dropOut) => {
    const card = buildCard({ template: "digits", paper: "a4", seed: 1, dropOut });
    const items = buildCardDrawing(card, 0);
    for (const item of items) if (item.kind === "frame" || item.kind === "line") expect(item.color).not.toBe("#000000");
    const digits = items.filter((i) => i.kind === "text" && /^\d$/.test(i.text));
    expect(digits).toHaveLength(210);
  });
});

/** The first and last pages (they differ), or all. */
function expectCleanPages(card: Card, most = card.pages.length): void {
  const last = card.pages.length - 1;
  const pages = most < card.pages.length ? [0, last] : card.pages.map((_, i) => i);
  for (const page of pages) expectClean(card, page);
}

/**
 * Ink stays 10 mm from the edges; texts, frames, marks and code keep apart (a prompt may lie inside a frame, never on its line or in
 * the area to write in); boxes keep 1.5 mm between their lines.
 */
function expectClean(card: Card, pageIndex: number, consent?: string): void {
  const page = card.pages[pageIndex];
  const items = buildCardDrawing(card, pageIndex, { consent });
  const texts: Box[] = [];
  const frames: Box[] = [];
  const solids: Box[] = [];
  const areas: Box[] = page.fields.flatMap((f): Box[] => (f.boxes.length > 0 ? f.boxes : [f.box]));
  for (const item of items) {
    const box = boundsOf(item);
    if (box[0] < 10 || box[1] < 10 || box[0] + box[2] > page.widthMm - 10 || box[1] + box[3] > page.heightMm - 10) {
      expect.fail(`ink nearer than 10 mm to an edge: ${JSON.stringify(item)}`);
    }
    if (item.kind === "text") texts.push(box);
    else if (item.kind === "frame") frames.push(box);
    else if (item.kind === "code") solids.push(box);
  }
  for (const { xMm, yMm, sizeMm } of page.fiducials) {
    const cell = sizeMm / 8;
    solids.push([xMm - sizeMm / 2 - cell, yMm - sizeMm / 2 - cell, sizeMm + 2 * cell, sizeMm + 2 * cell]);
  }
  const clash = (a: Box[], b: Box[], what: string, gap = 0): void => {
    for (let i = 0; i < a.length; i++) {
      for (let j = a === b ? i + 1 : 0; j < b.length; j++) {
        if (overlap(a[i], b[j], gap)) expect.fail(`${what}: ${a[i].join()} and ${b[j].join()} in ${card.code} page ${pageIndex}`);
      }
    }
  };
  clash(texts, texts, "two texts");
  clash(texts, solids, "text on a mark or code");
  clash(texts, areas, "text in an area to write in");
  clash(frames, frames, "boxes too close", 1.5);
  clash(frames, solids, "a box on a mark or code");
  clash(solids, solids, "marks and code");
  const lines = frames.flatMap(([x, y, w, h]): Box[] => [
    [x, y, w, 0.28],
    [x, y + h - 0.28, w, 0.28],
    [x, y, 0.28, h],
    [x + w - 0.28, y, 0.28, h],
  ]);
  clash(texts, lines, "text on a line");
}

function overlap(a: Box, b: Box, gap: number): boolean {
  const tiny = 0.015;
  return (
    a[0] < b[0] + b[2] + gap - tiny && b[0] < a[0] + a[2] + gap - tiny && a[1] < b[1] + b[3] + gap - tiny && b[1] < a[1] + a[3] + gap - tiny
  );
}

/** Bounds of a mark's ink; for text from the height of capitals to the descenders (Adobe's AFM: at most 0.72 and 0.22 em). */
function boundsOf(item: DrawingItem): Box {
  switch (item.kind) {
    case "frame": {
      const [x, y, w, h] = item.box;
      return [x - item.lineMm / 2, y - item.lineMm / 2, w + item.lineMm, h + item.lineMm];
    }
    case "line":
      return [item.from[0], item.from[1], item.to[0] - item.from[0], item.to[1] - item.from[1]];
    case "fill":
      return item.boxes[0];
    case "code":
      return item.box;
    case "text": {
      const em = item.sizePt * (25.4 / 72);
      const width = measureText(item.text, item.font, item.sizePt);
      const shift = item.anchor === "start" ? 0 : item.anchor === "middle" ? width / 2 : width;
      return [item.x - shift, item.y - 0.72 * em, width, 0.94 * em];
    }
  }
}
