import type { BinaryImage } from "../image/images.ts";
import { getLineNet, LINE_NET_INPUTS, LINE_NET_OUTPUTS, LINE_NET_REACH, runLineNet, sampleLineWindow } from "./nist-line-net.ts";
import type { PrintedLine } from "./nist-measure-line.ts";

/** Ink that stands out of the line by less than this is the line's own roughness. */
const ROUGH_PX = 2;
/** A stroke that stands out only by `ROUGH_PX` must be this long. */
const MIN_LYING_PX = 6;
/** A stroke may run hidden in the line for this long from where it is seen: a digit's width. */
const HIDDEN_PX = 34;
/** How far from the line's edge ink is looked for. */
const MAX_HEIGHT_PX = 12;

export interface RemoveLineOptions {
  /** Columns at which another printed line crosses: removed without asking. */
  readonly crossings: readonly (readonly [from: number, to: number])[];
  /** The side of the line that lies outside the box: 1 for larger y. */
  readonly outside: -1 | 1;
}

/**
 * Removes a near-horizontal printed line but keeps the strokes that cross it, end on it or lie in it. Where ink goes on beyond the
 * line's roughness there is a stroke nearby; around it a small network (`runLineNet`) says of each px of the line whether a stroke
 * passes there, from what is seen of the writing on both sides. A line that nothing touches goes whole, unasked.
 * @param ink changed in place
 */
export function removeLine(ink: BinaryImage, line: PrintedLine, options: RemoveLineOptions): void {
  const { width, height, data } = ink;
  const count = line.to - line.from;
  const crossed = new Uint8Array(count);
  const view = { width, height, data: data.slice() };
  for (const [from, to] of options.crossings) {
    for (let x = Math.max(line.from, from); x < Math.min(line.to, to); x++) crossed[x - line.from] = 1;
    blank(view, from, to);
  }
  const up = new Int16Array(count);
  const down = new Int16Array(count);
  for (let i = 0; i < count; i++) {
    if (crossed[i] === 1) continue;
    const x = line.from + i;
    up[i] = protrusion(data, { width, height, x, start: line.top[i] - 1, step: -1 });
    down[i] = protrusion(data, { width, height, x, start: line.bottom[i], step: 1 });
  }
  const asked = nearStrokes([...strokes(up), ...strokes(down)], count);

  const net = getLineNet();
  const inputs = new Int32Array(LINE_NET_INPUTS);
  const logits = new Float32Array(LINE_NET_OUTPUTS);
  const inside = options.outside === 1 ? -1 : 1;
  for (let i = 0; i < count; i++) {
    const x = line.from + i;
    // The line's roughness goes with it.
    const first = Math.max(0, line.top[i] - Math.min(up[i], ROUGH_PX + 1));
    const last = Math.min(height, line.bottom[i] + Math.min(down[i], ROUGH_PX + 1));
    if (asked[i] === 0 || crossed[i] === 1) {
      for (let y = first; y < last; y++) data[y * width + x] = 0;
      continue;
    }
    const middle = (line.top[i] + line.bottom[i]) >> 1;
    runLineNet(net, inputs, sampleLineWindow(view, x, middle, inside, inputs), logits);
    for (let y = first; y < last; y++) {
      const row = Math.max(-LINE_NET_REACH, Math.min(LINE_NET_REACH, y - middle));
      if (logits[LINE_NET_REACH - inside * row] <= 0) data[y * width + x] = 0;
    }
  }
}

function blank({ width, height, data }: BinaryImage, from: number, to: number): void {
  for (let y = 0; y < height; y++) data.fill(0, y * width + Math.max(0, from), y * width + Math.max(0, Math.min(width, to)));
}

/** How far ink goes on from the line's edge; 0 where there is none at the edge. */
function protrusion(data: Uint8Array, at: { width: number; height: number; x: number; start: number; step: number }): number {
  let n = 0;
  for (let y = at.start; y >= 0 && y < at.height && n < MAX_HEIGHT_PX && data[y * at.width + at.x] === 1; y += at.step) n++;
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

/** 1 for the columns within reach of a stroke. */
function nearStrokes(spans: readonly Span[], count: number): Uint8Array {
  const near = new Uint8Array(count);
  for (const { from, to } of spans) near.fill(1, Math.max(0, from - HIDDEN_PX), to + HIDDEN_PX);
  return near;
}
