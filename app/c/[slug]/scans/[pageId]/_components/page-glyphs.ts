import type { PageView } from "../../../../../../lib/contracts/scans.ts";

export type PageField = PageView["fields"][number];
export type PageGlyph = PageField["glyphs"][number];

/** `found`: as the prompt says. `doubt`: model and prompt differ, the cut is unsure, or a person called it unusable. */
export type BoxState = "found" | "doubt" | "blank";

/** A glyph with its place on the page. */
export interface PlacedGlyph {
  readonly glyph: PageGlyph;
  readonly field: PageField;
  /** Corners in scan px: its printed box where there is one and nobody has cut it otherwise, else its own bounds. */
  readonly outline: readonly (readonly [number, number])[];
  readonly center: readonly [number, number];
  readonly prompt: string | null;
  readonly state: BoxState;
}

/** All glyphs of a page in reading order. */
export function placeGlyphs(page: PageView): readonly PlacedGlyph[] {
  return page.fields.flatMap((field) =>
    field.glyphs.map((glyph): PlacedGlyph => {
      const outline = (glyph.cut ? undefined : field.boxOutlines[glyph.index]) ?? toOutline(glyph.bounds);
      const n = outline.length;
      const center = outline.reduce(([x, y], [px, py]) => [x + px / n, y + py / n] as [number, number], [0, 0] as [number, number]);
      return { glyph, field, outline, center, prompt: [...field.prompt][glyph.index] ?? null, state: findState(glyph) };
    }),
  );
}

/** The nearest glyph in a direction, for the arrow keys; `from` itself where there is none. */
export function findNeighbour(glyphs: readonly PlacedGlyph[], from: number, direction: "up" | "down"): number {
  const [x, y] = glyphs[from].center;
  const sign = direction === "down" ? 1 : -1;
  let best = from;
  let bestCost = Number.POSITIVE_INFINITY;
  glyphs.forEach(({ center: [gx, gy], outline }, i) => {
    const height = Math.abs(outline[2][1] - outline[0][1]);
    const away = (gy - y) * sign;
    if (away < height / 2) return;
    const cost = away + 2 * Math.abs(gx - x);
    if (cost < bestCost) {
      best = i;
      bestCost = cost;
    }
  });
  return best;
}

/** What became of a glyph, in words. */
export function describeGlyph({ glyph, state }: PlacedGlyph): string {
  if (glyph.unusable) return "Marked unusable";
  if (state === "blank") return "Nothing is written here";
  if (glyph.cut && glyph.label === null && !glyph.reviewed) return "Cut by hand, no label yet";
  if (glyph.status === "crossed-out" && !glyph.reviewed) return "Crossed out";
  if (glyph.status === "overwritten" && !glyph.reviewed) return "Overwritten";
  if (glyph.status === "unsure" && !glyph.reviewed) return "The cut is unsure";
  if (glyph.status === "mismatch" && !glyph.reviewed) return "Prompt and model differ";
  return glyph.reviewed ? "Looked over" : "As the prompt says";
}

function findState(glyph: PageGlyph): BoxState {
  if (glyph.status === "blank") return "blank";
  if (glyph.unusable) return "doubt";
  return glyph.reviewed || glyph.status === "labelled" ? "found" : "doubt";
}

function toOutline([x, y, width, height]: PageGlyph["bounds"]): [number, number][] {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}
