import type { BinaryImage } from "../image/images.ts";
import type { PrintedLine } from "./nist-measure-line.ts";

/** Ink that stands out of the line by less than this is the line's own roughness. */
const ROUGH_PX = 2;
/** A stroke that stands out only by `ROUGH_PX` must be this long. */
const MIN_LYING_PX = 6;
/** Widest hidden arc (the bottom of a 0, 6, 8) that is put back. */
const MAX_ARC_PX = 46;

export interface RemoveLineOptions {
  /** Columns at which another printed line crosses: removed without asking. */
  readonly crossings: readonly (readonly [from: number, to: number])[];
}

/**
 * Removes a near-horizontal printed line but keeps the strokes that cross it, end on it or lie in it. Column by column, ink that
 * continues beyond the line's edges by more than its roughness shows a stroke; there the line's ink is the stroke's. Where a stroke
 * goes into the line at two places and turns inwards at both (the bottom of a 0), the arc hidden between them is kept too.
 * @param ink changed in place
 */
export function removeLine(ink: BinaryImage, line: PrintedLine, options: RemoveLineOptions): void {
  const { width, height, data } = ink;
  const count = line.to - line.from;
  const up = new Int16Array(count);
  const down = new Int16Array(count);
  const crossed = new Uint8Array(count);
  for (const [from, to] of options.crossings) {
    for (let x = Math.max(line.from, from); x < Math.min(line.to, to); x++) crossed[x - line.from] = 1;
  }
  for (let i = 0; i < count; i++) {
    const x = line.from + i;
    if (crossed[i] === 1) continue;
    up[i] = protrusion(data, { width, height, x, start: line.top[i] - 1, step: -1 });
    down[i] = protrusion(data, { width, height, x, start: line.bottom[i], step: 1 });
  }
  const upper = strokes(up);
  const lower = strokes(down);
  const keep = new Uint8Array(count);
  for (const { from, to } of upper) keep.fill(1, from, to);
  for (const { from, to } of lower) keep.fill(1, from, to);
  keepArcs(ink, line, upper, keep, -1);
  keepArcs(ink, line, lower, keep, 1);

  for (let i = 0; i < count; i++) {
    if (keep[i] === 1) continue;
    const x = line.from + i;
    // The line's roughness goes with it.
    const first = Math.max(0, line.top[i] - Math.min(up[i], ROUGH_PX + 1));
    const last = Math.min(height, line.bottom[i] + Math.min(down[i], ROUGH_PX + 1));
    for (let y = first; y < last; y++) data[y * width + x] = 0;
  }
}

/** How far ink goes on from the line's edge; 0 where there is none at the edge. */
function protrusion(data: Uint8Array, at: { width: number; height: number; x: number; start: number; step: number }): number {
  let n = 0;
  for (let y = at.start; y >= 0 && y < at.height && n < 60 && data[y * at.width + at.x] === 1; y += at.step) n++;
  return n;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Groups of neighbouring columns in which a stroke stands out: tall anywhere, or low over some length. */
function strokes(heights: Int16Array): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < heights.length; i++) {
    if (heights[i] < ROUGH_PX) continue;
    const from = i;
    let tallest = 0;
    while (i < heights.length && heights[i] >= ROUGH_PX) tallest = Math.max(tallest, heights[i++]);
    if (tallest >= ROUGH_PX + 2 || i - from >= MIN_LYING_PX) spans.push({ from, to: i });
  }
  return spans;
}

/** @param side -1: the strokes come from above, 1: from below */
function keepArcs(ink: BinaryImage, line: PrintedLine, spans: readonly Span[], keep: Uint8Array, side: -1 | 1): void {
  for (let k = 0; k + 1 < spans.length; k++) {
    const left = spans[k];
    const right = spans[k + 1];
    if (right.from - left.to > MAX_ARC_PX) continue;
    const turnLeft = innerShift(ink, line, left, { side, inner: 1 });
    const turnRight = innerShift(ink, line, right, { side, inner: -1 });
    // Both edges lean inwards, or one does so clearly.
    if (turnLeft >= 1 && turnRight >= 1 && turnLeft + turnRight >= 4) keep.fill(1, left.to, right.from);
  }
}

/** By how many px the span's inner edge moves inwards over the last 6 rows before the line. */
function innerShift(ink: BinaryImage, line: PrintedLine, span: Span, from: { side: -1 | 1; inner: 1 | -1 }): number {
  const { width, height, data } = ink;
  const i = from.inner === 1 ? span.to - 1 : span.from;
  const edge = from.side === -1 ? line.top[i] - 1 : line.bottom[i];
  let x = line.from + i;
  const start = x;
  for (let k = 0; k < 6; k++) {
    const y = edge + from.side * k;
    if (y < 0 || y >= height) break;
    // Going away from the line the edge retreats; it is followed within the stroke.
    while (x > 0 && x < width - 1 && data[y * width + x] === 0 && Math.abs(x - start) < 14) x -= from.inner;
    if (data[y * width + x] === 0) break;
    while (x > 0 && x < width - 1 && data[y * width + x + from.inner] === 1 && Math.abs(x - start) < 14) x += from.inner;
  }
  return (start - x) * from.inner;
}
