import type { Box } from "../../../core/geometry.ts";

/** A glyph of the reading before, or of the one now. */
export interface MatchGlyph {
  readonly field: string;
  readonly index: number;
  /** Scan px. */
  readonly bounds: Box;
  /** 28 x 28, 255 = ink. */
  readonly image: Uint8Array;
}

/** The same ink cut a little otherwise overlaps by more than this (intersection over union); half of a character, or a neighbour, by less. */
const LEAST_OVERLAP = 0.7;
/** Cosine of two pictures of the same ink from two scans is above 0.8; of two hands' same digit about 0.5. */
const LEAST_LIKENESS = 0.65;

/**
 * Which glyph of an earlier reading is the same ink as which of the new one. `place`: in the same picture, by where it lies (a page read again, maybe
 * placed otherwise). `box`: in two pictures of one card, by its box, if it looks the same.
 * @returns for each index in `fresh` the index in `earlier`, where there is one; none is given twice.
 */
export function matchGlyphs(earlier: readonly MatchGlyph[], fresh: readonly MatchGlyph[], by: "place" | "box"): Map<number, number> {
  const pairs: { fresh: number; earlier: number; score: number }[] = [];
  for (const [i, now] of fresh.entries()) {
    for (const [k, before] of earlier.entries()) {
      const score = by === "place" ? overlap(before.bounds, now.bounds) : sameBox(before, now) ? likeness(before.image, now.image) : 0;
      if (score >= (by === "place" ? LEAST_OVERLAP : LEAST_LIKENESS)) pairs.push({ fresh: i, earlier: k, score });
    }
  }
  const matches = new Map<number, number>();
  const taken = new Set<number>();
  for (const pair of pairs.sort((a, b) => b.score - a.score)) {
    if (matches.has(pair.fresh) || taken.has(pair.earlier)) continue;
    matches.set(pair.fresh, pair.earlier);
    taken.add(pair.earlier);
  }
  return matches;
}

function sameBox(a: MatchGlyph, b: MatchGlyph): boolean {
  return a.field === b.field && a.index === b.index;
}

function overlap([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): number {
  const w = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const h = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  return w <= 0 || h <= 0 ? 0 : (w * h) / (aw * ah + bw * bh - w * h);
}

/** Cosine of the two images, the best over shifts of one px: the recipe truncates the centre of mass. Two blanks are alike. */
function likeness(a: Uint8Array, b: Uint8Array): number {
  const length = (image: Uint8Array): number => Math.sqrt(image.reduce((sum, value) => sum + value * value, 0));
  const norm = length(a) * length(b);
  if (norm === 0) return length(a) === length(b) ? 1 : 0;
  let best = 0;
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      let product = 0;
      for (let y = Math.max(0, -dy); y < Math.min(28, 28 - dy); y++) {
        for (let x = Math.max(0, -dx); x < Math.min(28, 28 - dx); x++) product += a[28 * y + x] * b[28 * (y + dy) + x + dx];
      }
      best = Math.max(best, product / norm);
    }
  }
  return best;
}
