import { findComponents } from "../image/connected-components.ts";
import type { BinaryImage } from "../image/images.ts";
import type { PrintedLine } from "./nist-measure-line.ts";

/** Ink that stands out of the line by less than this is the line's own roughness. */
const ROUGH_PX = 2;
/** A stroke that stands out only by `ROUGH_PX` must be this long. */
const MIN_LYING_PX = 6;
/** Widest hidden arc (the bottom of a 0, 6, 8) that is put back. */
const MAX_ARC_PX = 46;

const MAX_STEP_PX = 8;

/** What leaves the line by this much is a stroke that may come from the line's other side; so far it may run hidden in the line. */
const MIN_LEAVING_PX = 5;
const MAX_HIDDEN_PX = 22;
const MAX_RETURN_PX = 12;
/** By how much a stroke leaves the line aside of where it came in, in an arc that stands on both sides of the line. */
const ASLANT_PX = 5;

export interface RemoveLineOptions {
  /** Columns at which another printed line crosses: removed without asking. */
  readonly crossings: readonly (readonly [from: number, to: number])[];
  /** Usual width of the field's strokes, in px. */
  readonly strokePx: number;
  /** Sum of both inner edges' leans (px inwards over 6 rows) from which an arc is put back between two strokes of one component. */
  readonly minLean: number;
  /** The side of the line that lies outside the box: 1 for larger y. */
  readonly outside: -1 | 1;
}

/**
 * Removes a near-horizontal printed line but keeps the strokes that cross it, end on it or lie in it. Column by column, ink that
 * continues beyond the line's edges by more than its roughness shows a stroke; there the line's ink is the stroke's: all of it where
 * the stroke shows on both sides, else as deep as a stroke of the usual width goes, rounded at its ends. Where a stroke goes into
 * the line at two places and turns inwards at both (the bottom of a 0), the arc hidden between them is kept too.
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
  const owners = ownersBesideLine(ink, line);
  const isUpper = covered(upper, count);
  const isLower = covered(lower, count);
  const arcs = { owners, minLean: options.minLean };
  const leaving = (spans: readonly Span[], heights: Int16Array): Uint8Array =>
    covered(
      spans.filter(({ from, to }) => heights.subarray(from, to).some((height) => height >= MIN_LEAVING_PX)),
      count,
    );
  const fromTop = depths(up, withArcs(ink, line, upper, { ...arcs, side: -1, beyond: leaving(lower, down) }), options.strokePx, line);
  const fromBottom = depths(down, withArcs(ink, line, lower, { ...arcs, side: 1, beyond: leaving(upper, up) }), options.strokePx, line);
  const outside =
    options.outside === 1
      ? { inner: upper, outer: lower, heights: down, side: 1 as const }
      : { inner: lower, outer: upper, heights: up, side: -1 as const };
  const hidden = hiddenStrokes(ink, line, { ...outside, owners, crossed });

  for (let i = 0; i < count; i++) {
    const x = line.from + i;
    const crosses = isUpper[i] === 1 && isLower[i] === 1;
    if (crosses || hidden[i] === 1) continue;
    // The line's roughness goes with it.
    const first = line.top[i] + (fromTop[i] > 0 ? fromTop[i] : -Math.min(up[i], ROUGH_PX + 1));
    const last = line.bottom[i] - (fromBottom[i] > 0 ? fromBottom[i] : -Math.min(down[i], ROUGH_PX + 1));
    for (let y = Math.max(0, first); y < Math.min(height, last); y++) data[y * width + x] = 0;
  }
  dropHairs(ink, line);
}

/**
 * A stroke may run along in the line before it leaves the box: what stands out on the outer side with nothing over against it, and
 * hangs on nothing that has, is joined to the nearest stroke of the inner side. 1 for the columns whose ink is kept whole.
 */
function hiddenStrokes(
  ink: BinaryImage,
  line: PrintedLine,
  at: { inner: readonly Span[]; outer: readonly Span[]; heights: Int16Array; side: -1 | 1; owners: Int32Array; crossed: Uint8Array },
): Uint8Array {
  const hidden = new Uint8Array(at.crossed.length);
  const meets = (span: Span): boolean => at.inner.some(({ from, to }) => from <= span.to + 1 && span.from <= to + 1);
  const owner = (span: Span): number => ownerOf(ink, line, span, { side: at.side, owners: at.owners });
  const attached = new Set(at.outer.filter(meets).map(owner));
  const opposite = { side: at.side === 1 ? (-1 as const) : (1 as const), owners: at.owners };
  const pairOf = (outer: Span, inner: Span): string => `${owner(outer)}-${ownerOf(ink, line, inner, opposite)}`;
  const pairs = new Set(at.outer.flatMap((span) => at.inner.filter((foot) => gapOf(span, foot) <= 1).map((foot) => pairOf(span, foot))));
  for (const span of at.outer) {
    if (!at.heights.subarray(span.from, span.to).some((height) => height >= MIN_LEAVING_PX) || attached.has(owner(span))) continue;
    let best: Span | null = null;
    for (const other of at.inner)
      if (gapOf(span, other) <= MAX_HIDDEN_PX && (!best || gapOf(span, other) < gapOf(span, best))) best = other;
    if (best === null) continue;
    const from = Math.max(0, Math.min(span.to, best.to) - 2);
    const to = Math.min(hidden.length, Math.max(span.from, best.from) + 2);
    if (at.crossed.subarray(from, to).includes(1)) continue;
    hidden.fill(1, from, to);
    attached.add(owner(span));
    pairs.add(pairOf(span, best));
  }
  // A loop that leaves the box comes back: its other foot reaches the same stroke aside.
  for (const foot of at.inner) {
    if (at.outer.some((span) => gapOf(span, foot) <= 0)) continue;
    for (const span of at.outer) {
      const gap = gapOf(span, foot);
      if (gap > MAX_RETURN_PX || !pairs.has(pairOf(span, foot))) continue;
      const from = Math.max(0, Math.min(span.to, foot.to) - 2);
      const to = Math.min(hidden.length, Math.max(span.from, foot.from) + 2);
      if (!at.crossed.subarray(from, to).includes(1)) hidden.fill(1, from, to);
    }
  }
  return hidden;
}

function gapOf(a: Span, b: Span): number {
  return Math.max(a.from, b.from) - Math.min(a.to, b.to);
}

function covered(spans: readonly Span[], count: number): Uint8Array {
  const out = new Uint8Array(count);
  // A px more on both sides: a slanting stroke leaves the line a little aside of where it came in.
  for (const { from, to } of spans) out.fill(1, Math.max(0, from - 1), to + 1);
  return out;
}

/** How many px of the line's ink belong to the strokes on one side, from that side's edge. */
function depths(heights: Int16Array, spans: readonly Span[], strokePx: number, line: PrintedLine): Int16Array {
  const out = new Int16Array(heights.length);
  const most = Math.ceil(line.thickness);
  for (const { from, to } of spans) {
    for (let i = from; i < to; i++) {
      const lying = heights[i] < strokePx ? Math.ceil(strokePx - heights[i]) : Math.ceil(0.8 * most);
      const rounded = 2 + 1.5 * Math.min(i - from, to - 1 - i);
      out[i] = Math.max(1, Math.min(most, lying, Math.round(rounded)));
    }
  }
  return out;
}

/** Ink in the line's rows narrower than 3 px comes of the line's edge, not of a pen. */
function dropHairs({ width, height, data }: BinaryImage, line: PrintedLine): void {
  let low = height;
  let high = 0;
  for (const y of line.top) low = Math.min(low, y - ROUGH_PX);
  for (const y of line.bottom) high = Math.max(high, y + ROUGH_PX);
  for (let y = Math.max(0, low); y < Math.min(height, high); y++) {
    for (let x = line.from; x < line.to; x++) {
      if (data[y * width + x] === 0) continue;
      const start = x;
      while (x < line.to && data[y * width + x] === 1) x++;
      const i = start - line.from;
      if (x - start < 3 && y >= line.top[i] - 1 && y <= line.bottom[i]) data.fill(0, y * width + start, y * width + x);
    }
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

/** Labels of the components that are left when the line's rows are taken out. */
function ownersBesideLine(ink: BinaryImage, line: PrintedLine): Int32Array {
  const data = ink.data.slice();
  for (let x = line.from; x < line.to; x++) {
    const i = x - line.from;
    for (let y = Math.max(0, line.top[i] - 1); y < Math.min(ink.height, line.bottom[i] + 1); y++) data[y * ink.width + x] = 0;
  }
  return findComponents({ ...ink, data }).labels;
}

/** Whose ink stands beside the line in a span; 0 where none does. */
function ownerOf(ink: BinaryImage, line: PrintedLine, span: Span, from: { side: -1 | 1; owners: Int32Array }): number {
  for (let i = span.from; i < span.to; i++) {
    const y = from.side === -1 ? line.top[i] - 2 : line.bottom[i] + 1;
    if (y < 0 || y >= ink.height) continue;
    const owner = from.owners[y * ink.width + line.from + i];
    if (owner > 0) return owner;
  }
  return 0;
}

/** Joins spans of one component between which an arc is hidden. @param from.side -1: the strokes come from above, 1: from below */
function withArcs(
  ink: BinaryImage,
  line: PrintedLine,
  spans: readonly Span[],
  from: { side: -1 | 1; owners: Int32Array; minLean: number; beyond: Uint8Array },
): Span[] {
  const { side, minLean } = from;
  const joined: Span[] = [];
  spans.forEach((span, k) => {
    const left = spans[k - 1];
    // Where both go on beyond the line, the arc that closes them is there, in sight.
    const goesOn =
      left !== undefined &&
      [left, span].every(({ from: start, to }) => from.beyond.subarray(Math.max(0, start - ASLANT_PX), to + ASLANT_PX).includes(1));
    if (
      left !== undefined &&
      !goesOn &&
      span.from - left.to <= MAX_ARC_PX &&
      ownerOf(ink, line, left, from) === ownerOf(ink, line, span, from)
    ) {
      const turnLeft = innerShift(ink, line, left, { side, inner: 1 });
      const turnRight = innerShift(ink, line, span, { side, inner: -1 });
      if (Math.min(turnLeft, turnRight) >= minLean / 2 - 2 && turnLeft + turnRight >= minLean) {
        joined[joined.length - 1] = { from: joined[joined.length - 1].from, to: span.to };
        return;
      }
    }
    joined.push(span);
  });
  return joined;
}

/** By how many px the span's inner edge moves inwards over 6 rows towards the line; rows that may hold the line's roughness are left out. */
function innerShift(ink: BinaryImage, line: PrintedLine, span: Span, from: { side: -1 | 1; inner: 1 | -1 }): number {
  const { width, height, data } = ink;
  const i = from.inner === 1 ? span.to - 1 : span.from;
  const edge = from.side === -1 ? line.top[i] - 1 : line.bottom[i];
  let start: number | null = null;
  let x = line.from + i;
  for (let k = ROUGH_PX; k < ROUGH_PX + 6; k++) {
    const y = edge + from.side * k;
    if (y < 0 || y >= height) break;
    // Going away from the line the edge moves to either side; it is followed within the stroke, a few px a row.
    let steps = 0;
    while (steps < MAX_STEP_PX && x > 0 && x < width - 1 && data[y * width + x] === 0) {
      x -= from.inner;
      steps++;
    }
    if (data[y * width + x] === 0) break;
    while (steps < MAX_STEP_PX && x > 0 && x < width - 1 && data[y * width + x + from.inner] === 1) {
      x += from.inner;
      steps++;
    }
    start ??= x;
  }
  return start === null ? 0 : (start - x) * from.inner;
}
