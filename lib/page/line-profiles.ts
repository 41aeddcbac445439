import type { PaperMap } from "../image/estimate-paper.ts";
import type { GrayImage } from "../image/images.ts";
import { type LocatedLine, lineCentre } from "./locate-lines.ts";

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
  /** 1 at the places along the line (whole px) at which it is seen to be free of writing. */
  readonly free: Uint8Array;
}

export const BINS_PER_PX = 4;
/** Blur beyond the printed edge that is looked at. */
const BLUR_PX = 5;
/** 2.7 mm: a line is straight over this length, and the pen has left some of it free. */
const SEGMENT_PX = 32;
/** Columns of a segment that must be free of writing. */
const LEAST_FREE = 8;
/** Paper beside the line: a column with less light at both ends of its profile has writing on it. */
const FREE_LIGHT = 0.88;
/** A line that takes away less than this (px of full black across it) has dropped out: nothing is to be removed. */
const LEAST_MASS_PX = 0.08;
/** Print and scanner differ along a line by at least this share of its mass. */
const LEAST_SPREAD = 0.06;
/** The scanner's noise in the mass of one place. */
const LEAST_SPREAD_PX = 0.15;
const LEVELS = 64;
const PER_LEVEL = 50;
const LOW_QUANTILE = 0.1;

interface Segment {
  readonly line: LocatedLine;
  readonly from: number;
  readonly to: number;
  /** Row (column, for a vertical line) in the middle of the profile. */
  readonly base: number;
  /** The paper's level. */
  readonly level: number;
  /** Light taken away in each column (row), in px of full black; NaN where writing stands at an end of the profile. */
  readonly masses: Float32Array;
}

/**
 * Measures what lines of one kind (one direction and width, printed near each other) look like: their profile across, from all columns
 * on which nobody wrote, and each line's middle to a tenth of a px. A column has no writing where there is paper at both ends of its
 * profile, and no more light is taken away than the line usually does.
 * @param raggedPx by how much a line may be thicker in places by the scanner's doing: a px of a 1-bit scan, else 0
 * @returns null where the lines have dropped out, or none of them can be seen.
 */
export function profileLines(image: GrayImage, paper: PaperMap, lines: readonly LocatedLine[], raggedPx: number): ProfiledLine[] | null {
  if (lines.length === 0) return null;
  const reach = Math.ceil(Math.max(...lines.map((line) => line.widthPx)) / 2) + BLUR_PX;
  const segments = lines.flatMap((line) => cutSegments(image, paper, line, reach));
  const masses = collectMasses(segments);
  if (masses.length < LEAST_FREE) return null;
  const typical = quantile(masses, masses.length >> 1);
  if (typical < LEAST_MASS_PX) return null;
  // Writing only adds: the spread of print and scanner shows on the light side.
  const spread = Math.max(LEAST_SPREAD * typical, LEAST_SPREAD_PX, 2 * (typical - quantile(masses, Math.floor(0.15 * masses.length))));
  const free = { least: typical - 2 * spread, most: typical + Math.max(spread, 1.2 * raggedPx) };
  const knots = new Map(lines.map((line) => [line, findKnots(image, line, segments, { reach, free })]));
  const profile = tabulate(image, segments, { reach, free, knots });
  if (profile === null) return null;
  return lines.map((located) => ({ located, profile, knots: knots.get(located) ?? [], free: freePlaces(image, located, segments, free) }));
}

function collectMasses(segments: readonly Segment[]): Float32Array {
  const all = new Float32Array(segments.reduce((sum, segment) => sum + segment.masses.length, 0));
  let n = 0;
  for (const { masses } of segments) for (let i = 0; i < masses.length; i++) if (!Number.isNaN(masses[i])) all[n++] = masses[i];
  return all.subarray(0, n);
}

/** The value that `rank` others come before in order (Hoare's FIND, 1961); a few of some ten thousand values are wanted, sorting them all takes ten times as long. @param values reordered */
function quantile(values: Float32Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[rank];
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (j < rank) left = i;
    if (i > rank) right = j;
  }
  return values[rank];
}

/** The line's middle at the middles (i + 0.5) of the places `from` <= i < `to` along it: straight between its knots, level beyond them. */
export function middlesOf({ knots }: Pick<ProfiledLine, "knots">, from: number, to: number): Float64Array {
  const middles = new Float64Array(Math.max(0, to - from));
  const last = knots[knots.length - 1];
  // The places go up, and so do the knots between which they lie.
  let k = 1;
  for (let i = 0; i < middles.length; i++) {
    const along = from + i + 0.5;
    if (along <= knots[0].along) middles[i] = knots[0].centre;
    else if (along >= last.along) middles[i] = last.centre;
    else {
      while (knots[k].along < along) k++;
      const a = knots[k - 1];
      const b = knots[k];
      middles[i] = a.centre + ((b.centre - a.centre) * (along - a.along)) / (b.along - a.along);
    }
  }
  return middles;
}

interface Axes {
  readonly length: number;
  readonly depth: number;
  readonly along: number;
  readonly across: number;
}

export function axesOf({ width, height }: { width: number; height: number }, { line }: LocatedLine): Axes {
  return line.direction === "h"
    ? { length: width, depth: height, along: 1, across: width }
    : { length: height, depth: width, along: width, across: 1 };
}

function paperAt(paper: PaperMap, { line }: LocatedLine, along: number, across: number): number {
  const [x, y] = line.direction === "h" ? [along, across] : [across, along];
  return paper.level[(y >> 2) * paper.blocksX + (x >> 2)];
}

function cutSegments(image: GrayImage, paper: PaperMap, line: LocatedLine, reach: number): Segment[] {
  const axes = axesOf(image, line);
  // The ends, where other lines meet this one, tell nothing.
  const from = Math.max(0, Math.ceil(line.from + line.widthPx + 2));
  const to = Math.min(axes.length, Math.floor(line.to - line.widthPx - 2));
  const count = Math.max(1, Math.round((to - from) / SEGMENT_PX));
  const segments: Segment[] = [];
  const { data } = image;
  const { along, across } = axes;
  for (let s = 0; s < count; s++) {
    // `| 0`: else every index in the loops is a floating point number to the compiler.
    const start = Math.round(from + ((to - from) * s) / count) | 0;
    const end = Math.round(from + ((to - from) * (s + 1)) / count) | 0;
    const base = Math.floor(lineCentre(line, (start + end) / 2)) | 0;
    if (end - start < LEAST_FREE || base - reach < 0 || base + reach >= axes.depth) continue;
    const level = paperAt(paper, line, (start + end) >> 1, base);
    const masses = new Float32Array(end - start);
    for (let i = start; i < end; i++) {
      let at = i * along + (base - reach) * across;
      const last = data[at + 2 * reach * across];
      const ends = data[at] + last;
      let sum = 0;
      for (let k = 0; k <= 2 * reach; k++, at += across) sum += data[at];
      const isFree = Math.min(last, ends - last) >= FREE_LIGHT * level;
      masses[i - start] = isFree ? ((ends / 2) * (2 * reach + 1) - sum) / level : Number.NaN;
    }
    segments.push({ line, from: start, to: end, base, level, masses });
  }
  return segments;
}

interface Free {
  readonly least: number;
  readonly most: number;
}

/** The line's middle on each of its segments that is free enough; where it is covered wholly, where it was located. */
function findKnots(
  image: GrayImage,
  line: LocatedLine,
  segments: readonly Segment[],
  { reach, free }: { reach: number; free: Free },
): { along: number; centre: number }[] {
  const axes = axesOf(image, line);
  const knots: { along: number; centre: number }[] = [];
  const sums = new Float64Array(2 * reach + 1);
  const { data } = image;
  const { along, across } = axes;
  for (const segment of segments) {
    if (segment.line !== line) continue;
    sums.fill(0);
    let columns = 0;
    for (let i = segment.from; i < segment.to; i++) {
      if (!isFree(segment, i, free)) continue;
      columns++;
      let at = i * along + (segment.base - reach) * across;
      for (let k = 0; k < sums.length; k++, at += across) sums[k] += data[at];
    }
    if (columns >= LEAST_FREE) knots.push({ along: (segment.from + segment.to) / 2, centre: segment.base - reach + 0.5 + centroid(sums) });
  }
  return knots.length > 0 ? knots : line.pieces.map(({ along, centre }) => ({ along, centre }));
}

/** Free by most of the five places around: one place's mass is noise. */
function freePlaces(image: GrayImage, line: LocatedLine, segments: readonly Segment[], free: Free): Uint8Array {
  const places = new Uint8Array(axesOf(image, line).length);
  for (const segment of segments) {
    if (segment.line !== line) continue;
    for (let i = segment.from; i < segment.to; i++) {
      if (Number.isNaN(segment.masses[i - segment.from])) continue;
      let votes = 0;
      for (let k = Math.max(segment.from, i - 2); k < Math.min(segment.to, i + 3); k++) {
        if (segment.masses[k - segment.from] <= free.most) votes++;
      }
      if (votes >= 3) places[i] = 1;
    }
  }
  return places;
}

/** Whether nobody wrote on the line there; false too where a mass is NaN. */
function isFree({ from, masses }: Segment, i: number, { least, most }: Free): boolean {
  const mass = masses[i - from];
  return mass >= least && mass <= most;
}

function centroid(sums: Float64Array): number {
  const n = sums.length;
  const light = (sums[0] + sums[1] + sums[n - 2] + sums[n - 1]) / 4;
  let mass = 0;
  let moment = 0;
  for (let k = 1; k < n - 1; k++) {
    const taken = Math.max(0, light - sums[k]);
    mass += taken;
    moment += taken * k;
  }
  return mass > 0 ? moment / mass : (n - 1) / 2;
}

function tabulate(
  image: GrayImage,
  segments: readonly Segment[],
  { reach, free, knots }: { reach: number; free: Free; knots: ReadonlyMap<LocatedLine, ProfiledLine["knots"]> },
): LineProfile | null {
  const bins = 2 * reach * BINS_PER_PX + 1;
  const counts = new Int32Array(bins * LEVELS);
  const { data } = image;
  const tables = new Map<number, Uint8Array>();
  for (const segment of segments) {
    const { along, across } = axesOf(image, segment.line);
    const own = { knots: knots.get(segment.line) ?? [] };
    const levels = tables.get(segment.level) ?? tabulateLevels(segment.level);
    tables.set(segment.level, levels);
    const middles = middlesOf(own, segment.from, segment.to);
    for (let i = segment.from; i < segment.to; i++) {
      if (!isFree(segment, i, free)) continue;
      // A px farther is a whole number of bins farther: the differences are exact in binary fractions.
      let bin = Math.round((segment.base + 0.5 - middles[i - segment.from]) * BINS_PER_PX) | 0;
      let at = i * along + (segment.base - reach) * across;
      for (let k = 0; k <= 2 * reach; k++, at += across, bin += BINS_PER_PX) {
        // Below 0 it is a large number.
        if (bin >>> 0 < bins) counts[bin * LEVELS + levels[data[at]]]++;
      }
    }
  }
  const usual = quantiles(counts, bins, 0.5);
  const low = quantiles(counts, bins, LOW_QUANTILE);
  return usual && low && { reach, usual, low };
}

/** For each grey its level of light over that of paper of grey `level`. */
function tabulateLevels(level: number): Uint8Array {
  const perLevel = PER_LEVEL / level;
  return Uint8Array.from({ length: 256 }, (_, grey) => Math.min(LEVELS - 1, Math.round(grey * perLevel)));
}

/** Each bin's quantile; bins with few pixels lie on the straight line between their neighbours. */
function quantiles(counts: Int32Array, bins: number, share: number): Float32Array | null {
  const known: { bin: number; value: number }[] = [];
  for (let bin = 0; bin < bins; bin++) {
    let total = 0;
    for (let level = 0; level < LEVELS; level++) total += counts[bin * LEVELS + level];
    if (total < 10) continue;
    let seen = 0;
    let level = 0;
    while (seen + counts[bin * LEVELS + level] < share * total) seen += counts[bin * LEVELS + level++];
    known.push({ bin, value: Math.min(1, level / PER_LEVEL) });
  }
  if (known.length < 2) return null;
  const out = new Float32Array(bins);
  for (let bin = 0, k = 1; bin < bins; bin++) {
    while (k < known.length - 1 && known[k].bin < bin) k++;
    const [a, b] = [known[k - 1], known[k]];
    const t = Math.min(1, Math.max(0, (bin - a.bin) / (b.bin - a.bin)));
    out[bin] = a.value + (b.value - a.value) * t;
  }
  return out;
}
