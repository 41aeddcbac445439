import type { BinaryImage } from "../image/images.ts";
import { type LocatedLine, lineCentre } from "./locate-lines.ts";

/** Ink this far beyond a line's own edge is a stroke, not the line's ragged edge. */
const BEYOND_PX = 2;
/** Half of the search for the line's ink around its located centre. */
const EDGE_SLACK_PX = 1.5;

export interface FormRemoved {
  readonly ink: BinaryImage;
  /** Per px: not 0 within a printed line's band. What is left there alone is a remnant of print. */
  readonly band: Uint8Array;
}

/**
 * Takes printed lines out of the ink, and leaves the strokes that cross them: where ink goes on both above and below a line (at a
 * slant of up to about 60 degrees from the perpendicular), the part of the line between the two is the stroke's and stays; where it
 * goes on at one side only, the stroke ends at the line's edge. The line's true edges are measured on each stretch of it: print
 * grows and shrinks.
 * @returns new images; `ink` is not changed.
 */
export function removeForm(ink: BinaryImage, lines: readonly LocatedLine[]): FormRemoved {
  const out = { width: ink.width, height: ink.height, data: ink.data.slice() };
  // All decisions are taken on the untouched ink: the order of lines does not matter.
  const band = markLines(ink, lines);
  for (const line of lines) removeLine(ink, band, out, line);
  return { ink: out, band };
}

interface Axes {
  readonly length: number;
  readonly depth: number;
  readonly along: number;
  readonly across: number;
}

function axesOf(ink: BinaryImage, { line }: LocatedLine): Axes {
  return line.direction === "h"
    ? { length: ink.width, depth: ink.height, along: 1, across: ink.width }
    : { length: ink.height, depth: ink.width, along: ink.width, across: 1 };
}

/** 1 = within a horizontal line's band, 2 = within a vertical one's: so a box's corner does not pass for a stroke. */
function markLines(ink: BinaryImage, lines: readonly LocatedLine[]): Uint8Array {
  const mark = new Uint8Array(ink.width * ink.height);
  for (const located of lines) {
    const axes = axesOf(ink, located);
    const bit = located.line.direction === "h" ? 1 : 2;
    const half = located.widthPx / 2 + EDGE_SLACK_PX;
    for (let i = first(located, axes); i < last(located, axes); i++) {
      const centre = lineCentre(located, i + 0.5);
      for (let k = Math.max(0, Math.round(centre - half)); k < Math.min(axes.depth, Math.round(centre + half)); k++)
        mark[i * axes.along + k * axes.across] |= bit;
    }
  }
  return mark;
}

function first({ from, widthPx }: LocatedLine, { length }: Axes): number {
  return Math.min(length, Math.max(0, Math.floor(from - widthPx / 2 - 1)));
}

function last({ to, widthPx }: LocatedLine, { length }: Axes): number {
  return Math.max(0, Math.min(length, Math.ceil(to + widthPx / 2 + 1)));
}

function removeLine(ink: BinaryImage, isLine: Uint8Array, out: BinaryImage, located: LocatedLine): void {
  const axes = axesOf(ink, located);
  const crossing = located.line.direction === "h" ? 2 : 1;
  const start = first(located, axes);
  const end = last(located, axes);
  if (end <= start) return;
  const { low, high } = measureEdges(ink, located, axes);
  const n = end - start;
  const above = new Uint8Array(n);
  const below = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const base = (start + i) * axes.along;
    const centre = lineCentre(located, start + i + 0.5);
    above[i] = touches(ink, base, Math.round(centre + low) - 1, -1, axes, isLine, crossing) ? 1 : 0;
    below[i] = touches(ink, base, Math.round(centre + high), 1, axes, isLine, crossing) ? 1 : 0;
  }
  const kept = crossings(above, below, Math.ceil(1.8 * (high - low)));
  for (let i = 0; i < n; i++) {
    const base = (start + i) * axes.along;
    const centre = lineCentre(located, start + i + 0.5);
    const a = Math.round(centre + low);
    const b = Math.round(centre + high);
    // One px more at each bare side takes the ragged edge along.
    const from = Math.max(0, above[i] ? a : a - 1);
    const to = Math.min(axes.depth, below[i] ? b : b + 1);
    for (let k = from; k < to; k++) {
      const t = (k + 0.5 - a) / Math.max(1, b - a);
      if (!isKept(kept, i, t)) out.data[base + k * axes.across] = 0;
    }
  }
}

/** Ink goes on for BEYOND_PX px from `k` in direction `step`, and is not a crossing line's own. */
function touches(ink: BinaryImage, base: number, k: number, step: 1 | -1, axes: Axes, isLine: Uint8Array, crossing: number): boolean {
  for (let j = 0; j < BEYOND_PX; j++, k += step) {
    if (k < 0 || k >= axes.depth) return false;
    const at = base + k * axes.across;
    if (ink.data[at] === 0 || (isLine[at] & crossing) !== 0) return false;
  }
  return true;
}

/** The line's edges as offsets from its centre: medians of the run of ink through the centre, over the line's whole length. */
function measureEdges(ink: BinaryImage, located: LocatedLine, axes: Axes): { low: number; high: number } {
  const half = located.widthPx / 2;
  const lows: number[] = [];
  const highs: number[] = [];
  for (let i = first(located, axes); i < last(located, axes); i++) {
    const base = i * axes.along;
    const centre = lineCentre(located, i + 0.5);
    const middle = Math.floor(centre);
    if (middle < 0 || middle >= axes.depth || ink.data[base + middle * axes.across] === 0) continue;
    let a = middle;
    while (a > 0 && ink.data[base + (a - 1) * axes.across] !== 0 && middle - a < 30) a--;
    let b = middle + 1;
    while (b < axes.depth && ink.data[base + b * axes.across] !== 0 && b - middle < 30) b++;
    lows.push(a - centre);
    highs.push(b - centre);
  }
  if (lows.length < 5) return { low: -half, high: half };
  // Strokes only make runs longer, so the edges are nearer to the short side than the median where a third of a line is crossed.
  const low = lows.sort((x, y) => y - x)[Math.floor(lows.length * 0.45)];
  const high = highs.sort((x, y) => x - y)[Math.floor(highs.length * 0.45)];
  return { low: Math.max(low, -half - 4), high: Math.min(high, half + 4) };
}

interface Crossing {
  /** Where the stroke enters above and leaves below, as [first, end) along the line. */
  readonly above: readonly [number, number];
  readonly below: readonly [number, number];
}

/** Pairs of contacts above and below that overlap or lie at most `slant` px apart. */
function crossings(above: Uint8Array, below: Uint8Array, slant: number): Crossing[] {
  const pairs: Crossing[] = [];
  const lower = runs(below);
  for (const a of runs(above)) {
    for (const b of lower) if (a[0] - b[1] <= slant && b[0] - a[1] <= slant) pairs.push({ above: a, below: b });
  }
  return pairs;
}

function runs(flags: Uint8Array): (readonly [number, number])[] {
  const out: (readonly [number, number])[] = [];
  for (let i = 0; i < flags.length; ) {
    if (flags[i] === 0) {
      i++;
      continue;
    }
    const start = i;
    while (i < flags.length && flags[i] !== 0) i++;
    out.push([start, i]);
  }
  return out;
}

function isKept(kept: readonly Crossing[], i: number, t: number): boolean {
  for (const { above, below } of kept) {
    const from = above[0] + (below[0] - above[0]) * t;
    const to = above[1] + (below[1] - above[1]) * t;
    if (i + 0.5 >= from - 0.5 && i + 0.5 <= to + 0.5) return true;
  }
  return false;
}
