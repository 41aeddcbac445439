import { centroid, quantile, quantilesOf } from "./line-statistics.ts";
import { type LocatedLine, lineCentre } from "./locate-lines.ts";
import { axesOf, LEVELS, type PrintRoom, partsFrom, spanOf, writeKnots } from "./print-room.ts";

/** What a printed line lets through of the paper's light, by the distance from its middle. */
export interface LineProfile {
  /** Distances from -reach to reach px are tabled. */
  readonly reach: number;
  /** Share of the light, at (distance + reach) * BINS_PER_PX: the usual one, and the one that nine in ten pixels reach (ragged edges). */
  readonly usual: Float32Array;
  readonly low: Float32Array;
}

/** A line with its middle measured on its own undisturbed parts, and what it looks like. */
export interface ProfiledLine {
  readonly located: LocatedLine;
  readonly profile: LineProfile;
  /** The middle across the line, at places along it; straight between. */
  readonly knots: readonly { readonly along: number; readonly centre: number }[];
  /** From the first place of `spanOf` on, 1 at the places along the line (whole px) at which it is seen to be free of writing. */
  readonly free: Uint8Array;
}

export const BINS_PER_PX = 4;
/** Blur beyond the printed edge that is looked at. */
const BLUR_PX = 5;
/** 2.7 mm: a line is straight over this length, and the pen has left some of it free. */
export const SEGMENT_PX = 32;
/** Columns of a segment that must be free of writing. */
export const LEAST_FREE = 8;
/** Paper beside the line: a column with less light at both ends of its profile has writing on it. */
export const FREE_LIGHT = 0.88;
/** A line that takes away less than this (px of full black across it) has dropped out: nothing is to be removed. */
export const LEAST_MASS_PX = 0.08;
/** Print and scanner differ along a line by at least this share of its mass. */
export const LEAST_SPREAD = 0.06;
/** The scanner's noise in the mass of one place. */
export const LEAST_SPREAD_PX = 0.15;
export const LOW_QUANTILE = 0.1;
/** Bytes of a stretch of a line as the kernels take it: eight i32. */
const RECORD = 32;

interface Segment {
  /** Index of its line. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** Row (column, for a vertical line) in the middle of the profile. */
  readonly base: number;
  /** The paper's level. */
  readonly level: number;
  /** Where its places begin among those of all segments. */
  readonly offset: number;
}

/** How far the profiles of some lines reach to each side of their middle, px. */
export function reachOf(lines: readonly LocatedLine[]): number {
  return Math.ceil(Math.max(...lines.map((line) => line.widthPx)) / 2) + BLUR_PX;
}

/** Scratch memory that `profileLines` needs for these lines, bytes, no less. */
export function lineScratch(lines: readonly LocatedLine[]): number {
  if (lines.length === 0) return 0;
  const reach = reachOf(lines);
  let places = 0;
  let segments = 0;
  let pieces = 0;
  for (const { from, to, pieces: own } of lines) {
    const length = Math.max(0, Math.ceil(to - from)) + 2;
    places += length;
    segments += 1 + Math.ceil(length / SEGMENT_PX);
    pieces += own.length;
  }
  const bins = 2 * reach * BINS_PER_PX + 1;
  return 5 * places + (RECORD + 8 * (reach + 1)) * segments + 16 * (segments + pieces) + 4 * LEVELS * bins + 4096;
}

/**
 * Measures what lines of one kind (one direction and width, printed near each other) look like: their profile across, from all columns
 * on which nobody wrote, and each line's middle to a tenth of a px. A column has no writing where there is paper at both ends of its
 * profile, and no more light is taken away than the line usually does. The plain way is `line-profiles.reference.ts`; a test holds the two equal.
 * @param raggedPx by how much a line may be thicker in places by the scanner's doing: a px of a 1-bit scan, else 0
 * @returns null where the lines have dropped out, or none of them can be seen.
 */
export function profileLines(room: PrintRoom, lines: readonly LocatedLine[], raggedPx: number): ProfiledLine[] | null {
  if (lines.length === 0) return null;
  const { kernels, bytes } = room;
  const reach = reachOf(lines);
  const depth = 2 * reach + 1;
  const axes = axesOf(room, lines[0]);
  const segments = cutSegments(room, lines, reach);
  const lastSegment = segments.at(-1);
  const places = lastSegment === undefined ? 0 : lastSegment.offset + lastSegment.to - lastSegment.from;
  const part = partsFrom(room.scratch);
  const records = part(RECORD * segments.length);
  const masses = part(4 * places);
  const free = part(places);
  const sums = part(4 * (depth + 1) * segments.length);
  const small = part(32);
  writeRecords(room, lines, segments, { records, reach });
  kernels.lineMasses(records, segments.length, masses, small, axes.along, axes.across, depth, FREE_LIGHT);
  const seen = collectMasses(new Float32Array(bytes.buffer, masses, places));
  if (seen.length < LEAST_FREE) return null;
  const typical = quantile(seen, seen.length >> 1);
  if (typical < LEAST_MASS_PX) return null;
  // Writing only adds: the spread of print and scanner shows on the light side.
  const spread = Math.max(LEAST_SPREAD * typical, LEAST_SPREAD_PX, 2 * (typical - quantile(seen, Math.floor(0.15 * seen.length))));
  const most = typical + Math.max(spread, 1.2 * raggedPx);
  kernels.lineFree(masses, free, places, typical - 2 * spread, most);
  kernels.lineSums(records, segments.length, free, sums, small, axes.along, axes.across, depth);
  const knots = findKnots(lines, segments, new Int32Array(bytes.buffer, sums, (depth + 1) * segments.length), reach);
  const addresses = knots.map((own) => {
    const at = part(16 * own.length);
    writeKnots(room, at, own);
    return at;
  });
  const words = new Int32Array(bytes.buffer, records, (RECORD / 4) * segments.length);
  for (const [i, { line }] of segments.entries()) {
    words[8 * i + 5] = addresses[line];
    words[8 * i + 6] = knots[line].length;
  }
  const bins = 2 * reach * BINS_PER_PX + 1;
  const counts = part(4 * LEVELS * bins);
  bytes.fill(0, counts, counts + 4 * LEVELS * bins);
  kernels.lineCounts(records, segments.length, free, room.tables, counts, axes.along, axes.across, depth, BINS_PER_PX, bins);
  const table = new Int32Array(bytes.buffer, counts, LEVELS * bins);
  const usual = quantilesOf(table, bins, 0.5);
  const low = quantilesOf(table, bins, LOW_QUANTILE);
  if (usual === null || low === null) return null;
  const own = freePlaces(room, lines, segments, { masses, most, into: free });
  // One for all of them: whoever lays out tables of it does so once.
  const profile = { reach, usual, low };
  return lines.map((located, i) => ({ located, profile, knots: knots[i], free: own[i] }));
}

function collectMasses(masses: Float32Array): Float32Array {
  const all = new Float32Array(masses.length);
  let n = 0;
  for (let i = 0; i < masses.length; i++) if (!Number.isNaN(masses[i])) all[n++] = masses[i];
  return all.subarray(0, n);
}

function paperAt({ bytes, level, blocksX }: PrintRoom, { line }: LocatedLine, along: number, across: number): number {
  const [x, y] = line.direction === "h" ? [along, across] : [across, along];
  return bytes[level + (y >> 2) * blocksX + (x >> 2)];
}

function cutSegments(room: PrintRoom, lines: readonly LocatedLine[], reach: number): Segment[] {
  const { length, depth } = axesOf(room, lines[0]);
  const segments: Segment[] = [];
  let offset = 0;
  for (const [i, line] of lines.entries()) {
    // The ends, where other lines meet this one, tell nothing.
    const from = Math.max(0, Math.ceil(line.from + line.widthPx + 2));
    const to = Math.min(length, Math.floor(line.to - line.widthPx - 2));
    const count = Math.max(1, Math.round((to - from) / SEGMENT_PX));
    for (let s = 0; s < count; s++) {
      const start = Math.round(from + ((to - from) * s) / count);
      const end = Math.round(from + ((to - from) * (s + 1)) / count);
      const base = Math.floor(lineCentre(line, (start + end) / 2));
      if (end - start < LEAST_FREE || base - reach < 0 || base + reach >= depth) continue;
      segments.push({ line: i, from: start, to: end, base, level: paperAt(room, line, (start + end) >> 1, base), offset });
      offset += end - start;
    }
  }
  return segments;
}

/** The segments as the kernels take them, but for their knots. */
function writeRecords(
  room: PrintRoom,
  lines: readonly LocatedLine[],
  segments: readonly Segment[],
  { records, reach }: { records: number; reach: number },
): void {
  const { along, across } = axesOf(room, lines[0]);
  const words = new Int32Array(room.bytes.buffer, records, (RECORD / 4) * segments.length);
  for (const [i, { from, to, base, level, offset }] of segments.entries()) {
    words.set([room.gray + from * along + (base - reach) * across, to - from, level, offset, base, 0, 0, from], 8 * i);
  }
}

/** Each line's middle on those of its segments that are free enough; where it is covered wholly, where it was located. */
function findKnots(lines: readonly LocatedLine[], segments: readonly Segment[], sums: Int32Array, reach: number): ProfiledLine["knots"][] {
  const depth = 2 * reach + 1;
  const knots: { along: number; centre: number }[][] = lines.map(() => []);
  for (const [i, { line, from, to, base }] of segments.entries()) {
    const own = sums.subarray(i * (depth + 1), (i + 1) * (depth + 1));
    if (own[depth] >= LEAST_FREE) knots[line].push({ along: (from + to) / 2, centre: base - reach + 0.5 + centroid(own, depth) });
  }
  return knots.map((own, i) => (own.length > 0 ? own : lines[i].pieces));
}

/** Free by most of the five places around: one place's mass is noise. */
function freePlaces(
  room: PrintRoom,
  lines: readonly LocatedLine[],
  segments: readonly Segment[],
  { masses, most, into }: { masses: number; most: number; into: number },
): Uint8Array[] {
  const axes = axesOf(room, lines[0]);
  const spans = lines.map((line) => spanOf(line, axes));
  const places = spans.map(({ start, end }) => new Uint8Array(end - start));
  for (const { line, from, to, offset } of segments) {
    room.kernels.linePlaces(masses + 4 * offset, into, to - from, most);
    places[line].set(room.bytes.subarray(into, into + to - from), from - spans[line].start);
  }
  return places;
}
