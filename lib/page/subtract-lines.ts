import { BINS_PER_PX, type LineProfile, type ProfiledLine } from "./line-profiles.ts";
import { axesOf, type PrintRoom, partsFrom, spanOf, writeKnots } from "./print-room.ts";

/** Where less of the light than this comes through print, ink on it can't be told from print. */
export const HIDDEN_LIGHT = 0.4;
/** Print that takes away less than this is left as it is. */
export const CLEAR_LIGHT = 0.97;

export const HIDDEN_BY_H = 1;
export const HIDDEN_BY_V = 2;
export const HIDDEN_BY_TEXT = 4;

/** Bytes of a line as the kernel takes it: eight i32. */
const RECORD = 32;

/** Scratch memory that `subtractLines` needs for `lines` lines of one profile that reaches so far, with so many knots together: bytes, no less. */
export function subtractScratch(reach: number, { lines, knots }: { lines: number; knots: number }): number {
  return 265 * (2 * reach * BINS_PER_PX + 1) + RECORD * lines + 16 * knots + 4096;
}

/**
 * Takes printed lines out of the grey image, in the kernels' memory: ink on paper takes away a share of the light, print and writing each their own,
 * so that the value over what the line lets through is the paper with the writing alone. Where the line lets too little through the
 * pixel becomes paper and is marked as hidden; what was written there is inferred later from both sides (`restoreStrokes`). The plain way is
 * `subtract-lines.reference.ts`; a test holds the two equal.
 */
export function subtractLines(room: PrintRoom, lines: readonly ProfiledLine[]): void {
  // Lines of one kind follow one another and share their profile.
  for (let first = 0, end = 0; first < lines.length; first = end) {
    while (end < lines.length && lines[end].profile === lines[first].profile) end++;
    subtractKind(room, lines.slice(first, end));
  }
}

/** @param lines of one direction and one profile */
function subtractKind(room: PrintRoom, lines: readonly ProfiledLine[]): void {
  const [{ located, profile }] = lines;
  const { kinds, table, dark, free } = writeTables(room, profile);
  const part = partsFrom(free);
  const [records, knotsAt] = [part(RECORD * lines.length), part(16 * lines.reduce((sum, { knots }) => sum + knots.length, 0))];
  const words = new Int32Array(room.bytes.buffer, records, (RECORD / 4) * lines.length);
  const axes = axesOf(room, located);
  let at = knotsAt;
  for (const [i, line] of lines.entries()) {
    writeKnots(room, at, line.knots);
    const { start, end } = spanOf(line.located, axes);
    words.set([at, line.knots.length, start, end, 1], (RECORD / 4) * i);
    at += 16 * line.knots.length;
  }
  const isH = located.line.direction === "h";
  const bit = isH ? HIDDEN_BY_H : HIDDEN_BY_V;
  const [blockAlong, blockAcross] = isH ? [1, room.blocksX] : [room.blocksX, 1];
  // biome-ignore format: 17 numbers
  room.kernels.subtractLines(
    room.gray, room.hidden, room.level, records, lines.length, kinds, table, dark.first, dark.last, profile.reach, BINS_PER_PX, bit,
    axes.along, axes.across, axes.depth, blockAlong, blockAcross,
  );
}

interface Tables {
  /** Addresses: what becomes of greys, see the kernel `lineTable`; free memory behind it. */
  readonly kinds: number;
  readonly table: number;
  readonly free: number;
  readonly dark: { first: number; last: number };
}

function writeTables({ kernels, bytes, scratch }: PrintRoom, { low, usual }: LineProfile): Tables {
  const bins = low.length;
  const part = partsFrom(scratch);
  const [lows, usuals, kinds, table] = [part(4 * bins), part(4 * bins), part(bins), part(256 * bins)];
  new Float32Array(bytes.buffer, lows, bins).set(low);
  new Float32Array(bytes.buffer, usuals, bins).set(usual);
  kernels.lineTable(lows, usuals, kinds, table, bins, CLEAR_LIGHT, HIDDEN_LIGHT);
  return { kinds, table, free: part(0), dark: darkBins(low) };
}

/** The bins in which the line takes light away, and one more on each side for rounding; the last below the first where there are none. */
function darkBins(lows: Float32Array): { first: number; last: number } {
  let first = 0;
  while (first < lows.length && lows[first] >= CLEAR_LIGHT) first++;
  let last = lows.length - 1;
  while (last >= first && lows[last] >= CLEAR_LIGHT) last--;
  return last < first ? { first: 1, last: 0 } : { first: Math.max(0, first - 1), last: Math.min(lows.length - 1, last + 1) };
}
