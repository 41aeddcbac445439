import type { BinaryImage } from "../image/images.ts";
import type { Room } from "../image/kernels/take-room.ts";
import type { ProfiledLine } from "./line-profiles.ts";
import { axesOf, partsFrom, spanOf, writeKnots } from "./print-room.ts";
import { HIDDEN_BY_H, HIDDEN_BY_V } from "./subtract-lines.ts";

/** Strokes are followed this far away from a line. */
export const LONGEST_PX = 16;
/** Ink that stands out of a line by less than this, over less than `LYING_PX` along it, is the line's roughness. */
const STANDING_PX = 3;
const LYING_PX = 6;

/** A page's ink in the kernels' memory while strokes are put back. Done with at the next `takeRoom`. */
export interface InkRoom extends Pick<Room, "kernels" | "bytes"> {
  readonly width: number;
  readonly height: number;
  /** Addresses: 1 per px of ink; bits `HIDDEN_BY_*` per px; free memory of at least `strokeScratch`. */
  readonly ink: number;
  readonly hidden: number;
  readonly scratch: number;
}

/** Scratch memory that `restoreStrokes` needs in a picture of so many px along its longer side, with lines of so many knots: bytes, no less. */
export function strokeScratch(longestSide: number, knots: number): number {
  return 10 * longestSide + 16 * knots + 1024;
}

/**
 * Puts back what a printed line hides of the strokes that reach it. Where ink goes on at both sides (at a slant of up to about 60
 * degrees from the perpendicular) the stroke crosses, and what is hidden between is its own. At one side only: where it stands out of the line by less than the pen's
 * width the stroke lies along the line, and is filled to that width; else it ends in the line, most likely half-way.
 * Bits of ink at the line's edge that are too small for a stroke are taken away.
 * @param strokePx the pen's width
 */
export function restoreStrokes(room: InkRoom, line: ProfiledLine, strokePx: number): void {
  const { located, knots } = line;
  const { kernels, bytes } = room;
  const axes = axesOf(room, located);
  const bit = located.line.direction === "h" ? HIDDEN_BY_H : HIDDEN_BY_V;
  const other = bit === HIDDEN_BY_H ? HIDDEN_BY_V : HIDDEN_BY_H;
  const { start, end } = spanOf(located, axes);
  const n = end - start;
  if (n <= 0) return;
  const part = partsFrom(room.scratch);
  const at = { top: part(4 * n), bottom: part(4 * n), up: part(n), down: part(n), knots: part(16 * knots.length) };
  writeKnots(room, at.knots, knots);
  // biome-ignore format: 16 numbers
  const any = kernels.lineStrokes(
    room.ink, room.hidden, at.knots, knots.length, at.top, at.bottom, at.up, at.down, start, end, bit, other, LONGEST_PX,
    axes.along, axes.across, axes.depth,
  );
  // Most lines have no ink beside them.
  if (any === 0) return;
  const top = new Int32Array(bytes.buffer, at.top, n);
  const bottom = new Int32Array(bytes.buffer, at.bottom, n);
  const up = bytes.subarray(at.up, at.up + n);
  const down = bytes.subarray(at.down, at.down + n);
  const ink = { width: room.width, height: room.height, data: bytes.subarray(room.ink, room.ink + room.width * room.height) };
  const upper = strokesOf(up, line.free);
  const lower = strokesOf(down, line.free);
  clean(ink, start, top, up, -1, upper, axes);
  clean(ink, start, bottom, down, 1, lower, axes);
  const typicalDepth = bottom.reduce((sum, b, i) => sum + b - top[i], 0) / n;
  const pairs = crossings(upper, lower, Math.ceil(1.8 * Math.max(2, typicalDepth)));
  const fill = (i: number, from: number, to: number): void => {
    for (let k = from; k < to; k++) ink.data[(start + i) * axes.along + k * axes.across] = 1;
  };
  for (const { above, below } of pairs) {
    for (let i = Math.min(above[0], below[0]); i < Math.max(above[1], below[1]); i++) {
      for (let k = top[i]; k < bottom[i]; k++) {
        const t = (k + 0.5 - top[i]) / (bottom[i] - top[i]);
        const from = above[0] + (below[0] - above[0]) * t;
        const to = above[1] + (below[1] - above[1]) * t;
        if (i + 0.5 >= from - 0.5 && i + 0.5 <= to + 0.5) fill(i, k, k + 1);
      }
    }
  }
  const paired = new Set(pairs.flatMap(({ above, below }) => [above, below]));
  for (const [spans, heights, side] of [
    [upper, up, -1],
    [lower, down, 1],
  ] as const) {
    for (const span of spans) {
      for (let i = span[0]; i < span[1]; i++) {
        const depth = bottom[i] - top[i];
        const lying = heights[i] < strokePx;
        if (!lying && paired.has(span)) continue;
        const rounded = 1 + Math.min(i - span[0], span[1] - 1 - i);
        const inside = Math.min(depth, rounded, Math.round(lying ? Math.max(strokePx - heights[i], depth / 2) : depth / 2));
        if (side === -1) fill(i, top[i], top[i] + inside);
        else fill(i, bottom[i] - inside, bottom[i]);
      }
    }
  }
}

type Axes = ReturnType<typeof axesOf>;

type Span = readonly [first: number, end: number];

function strokesOf(heights: Uint8Array, free: Uint8Array): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < heights.length; ) {
    if (heights[i] === 0 || free[i] === 1) {
      i++;
      continue;
    }
    const from = i;
    let tallest = 0;
    while (i < heights.length && heights[i] > 0 && free[i] === 0) tallest = Math.max(tallest, heights[i++]);
    if (tallest >= STANDING_PX || i - from >= LYING_PX) spans.push([from, i]);
  }
  return spans;
}

/** Takes away what stands out of the line's edge but belongs to no stroke. */
function clean(
  ink: BinaryImage,
  start: number,
  edge: Int32Array,
  heights: Uint8Array,
  side: -1 | 1,
  spans: readonly Span[],
  axes: Axes,
): void {
  const kept = new Uint8Array(heights.length);
  for (const [from, to] of spans) kept.fill(1, from, to);
  for (let i = 0; i < heights.length; i++) {
    if (kept[i] === 1) continue;
    for (let j = 0; j < heights[i]; j++) {
      const k = side === -1 ? edge[i] - 1 - j : edge[i] + j;
      ink.data[(start + i) * axes.along + k * axes.across] = 0;
    }
  }
}

interface Crossing {
  /** Where the stroke enters above and leaves below, as [first, end) along the line. */
  readonly above: Span;
  readonly below: Span;
}

/** Pairs of strokes above and below that overlap or lie at most `slant` px apart. */
function crossings(upper: readonly Span[], lower: readonly Span[], slant: number): Crossing[] {
  const pairs: Crossing[] = [];
  for (const above of upper) {
    for (const below of lower) if (above[0] - below[1] <= slant && below[0] - above[1] <= slant) pairs.push({ above, below });
  }
  return pairs;
}
