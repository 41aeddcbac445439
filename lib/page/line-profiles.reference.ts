import type { PaperMap } from "../image/estimate-paper.ts";
import type { GrayImage } from "../image/images.ts";
import type { ProfiledLine } from "./line-profiles.ts";
import * as limits from "./line-profiles.ts";
import { centroid, quantile, quantilesOf } from "./line-statistics.ts";
import { type LocatedLine, lineCentre } from "./locate-lines.ts";
import { axesOf, LEVELS, PER_LEVEL, spanOf } from "./print-room.ts";

interface Segment {
  readonly line: LocatedLine;
  readonly from: number;
  readonly base: number;
  readonly level: number;
  /** NaN where writing stands at an end of the profile. */
  readonly masses: readonly number[];
}

/** `profileLines` px by px, as its definition says: slow, for tests. */
export function profileLinesReference(
  image: GrayImage,
  paper: PaperMap,
  lines: readonly LocatedLine[],
  raggedPx: number,
): ProfiledLine[] | null {
  if (lines.length === 0) return null;
  const reach = limits.reachOf(lines);
  const axes = axesOf(image, lines[0]);
  const depth = 2 * reach + 1;
  const greyAt = ({ base }: Segment, i: number, k: number): number => image.data[i * axes.along + (base - reach + k) * axes.across];
  const segments = lines.flatMap((line) => cutSegments(image, paper, line, reach));
  const seen = Float32Array.from(segments.flatMap(({ masses }) => masses.filter((mass) => !Number.isNaN(mass))));
  if (seen.length < limits.LEAST_FREE) return null;
  const typical = quantile(seen, seen.length >> 1);
  if (typical < limits.LEAST_MASS_PX) return null;
  const light = 2 * (typical - quantile(seen, Math.floor(0.15 * seen.length)));
  const spread = Math.max(limits.LEAST_SPREAD * typical, limits.LEAST_SPREAD_PX, light);
  const most = typical + Math.max(spread, 1.2 * raggedPx);
  const freeOf = ({ from, masses }: Segment): number[] =>
    masses.flatMap((mass, i) => (mass >= typical - 2 * spread && mass <= most ? [from + i] : []));
  const bins = 2 * reach * limits.BINS_PER_PX + 1;
  const counts = new Int32Array(bins * LEVELS);
  const knots = lines.map((line) => {
    const own = segments.filter((segment) => segment.line === line && freeOf(segment).length >= limits.LEAST_FREE);
    const found = own.map((segment) => {
      const sums = Array.from({ length: depth }, (_, k) => freeOf(segment).reduce((sum, i) => sum + greyAt(segment, i, k), 0));
      return { along: segment.from + segment.masses.length / 2, centre: segment.base - reach + 0.5 + centroid(sums, depth) };
    });
    return found.length > 0 ? found : line.pieces;
  });
  for (const segment of segments) {
    for (const i of freeOf(segment)) {
      const middle = middleReference(knots[lines.indexOf(segment.line)], i + 0.5);
      for (let k = 0; k < depth; k++) {
        const bin = Math.round((segment.base + 0.5 - middle) * limits.BINS_PER_PX) + limits.BINS_PER_PX * k;
        const level = Math.min(LEVELS - 1, Math.round(greyAt(segment, i, k) * (PER_LEVEL / segment.level)));
        if (bin >= 0 && bin < bins) counts[bin * LEVELS + level]++;
      }
    }
  }
  const usual = quantilesOf(counts, bins, 0.5);
  const low = quantilesOf(counts, bins, limits.LOW_QUANTILE);
  if (usual === null || low === null) return null;
  return lines.map((located, i) => ({
    located,
    profile: { reach, usual, low },
    knots: knots[i],
    free: freePlaces(image, located, segments, most),
  }));
}

/** The line's middle at a place along it: straight between its knots, level beyond them. */
export function middleReference(knots: ProfiledLine["knots"], along: number): number {
  const last = knots[knots.length - 1];
  if (along <= knots[0].along) return knots[0].centre;
  if (along >= last.along) return last.centre;
  const k = knots.findIndex((knot) => knot.along >= along);
  const [a, b] = [knots[k - 1], knots[k]];
  return a.centre + ((b.centre - a.centre) * (along - a.along)) / (b.along - a.along);
}

function cutSegments(image: GrayImage, paper: PaperMap, line: LocatedLine, reach: number): Segment[] {
  const axes = axesOf(image, line);
  const from = Math.max(0, Math.ceil(line.from + line.widthPx + 2));
  const to = Math.min(axes.length, Math.floor(line.to - line.widthPx - 2));
  const count = Math.max(1, Math.round((to - from) / limits.SEGMENT_PX));
  return Array.from({ length: count }, (_, s): Segment[] => {
    const [start, end] = [s, s + 1].map((k) => Math.round(from + ((to - from) * k) / count));
    const base = Math.floor(lineCentre(line, (start + end) / 2));
    if (end - start < limits.LEAST_FREE || base - reach < 0 || base + reach >= axes.depth) return [];
    const [x, y] = line.line.direction === "h" ? [(start + end) >> 1, base] : [base, (start + end) >> 1];
    const level = paper.level[(y >> 2) * paper.blocksX + (x >> 2)];
    const masses = Array.from({ length: end - start }, (_, i) => {
      const px = Array.from({ length: 2 * reach + 1 }, (_, k) => image.data[(start + i) * axes.along + (base - reach + k) * axes.across]);
      const [first, last] = [px[0], px[2 * reach]];
      if (Math.min(first, last) < limits.FREE_LIGHT * level) return Number.NaN;
      return Math.fround((((first + last) / 2) * px.length - px.reduce((sum, grey) => sum + grey, 0)) / level);
    });
    return [{ line, from: start, base, level, masses }];
  }).flat();
}

function freePlaces(image: GrayImage, line: LocatedLine, segments: readonly Segment[], most: number): Uint8Array {
  const { start, end } = spanOf(line, axesOf(image, line));
  const places = new Uint8Array(end - start);
  for (const { masses, from } of segments.filter((segment) => segment.line === line)) {
    for (const [i, mass] of masses.entries()) {
      const votes = masses.slice(Math.max(0, i - 2), i + 3).filter((other) => other <= most).length;
      if (!Number.isNaN(mass) && votes >= 3) places[from + i - start] = 1;
    }
  }
  return places;
}
