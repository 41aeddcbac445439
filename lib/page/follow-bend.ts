import type { CardPage } from "../card/card-manifest.ts";
import type { Point } from "../core/geometry.ts";
import { applyHomography, type Homography, invertHomography } from "../image/homography.ts";
import type { GrayImage } from "../image/images.ts";
import { type BendField, type BendSample, evaluateBend, fitBend } from "./bend-field.ts";
import { cutLines, darkness, type LinePiece, openPieceRoom, type PieceRoom, peakAround, profilePiece } from "./line-pieces.ts";
import type { PrintedLine } from "./list-printed.ts";
import type { PageMap } from "./page-map.ts";
import type { Anchor } from "./register-page.ts";

export interface FollowedBend {
  /** Null where the card lies flat to within 0.15 mm, or too few of its lines are seen to tell. */
  readonly bend: BendField | null;
  /** Of the pieces of printed lines: the share seen where the map puts them. */
  readonly seenShare: number;
  /** The least such share among the page's outermost lines, left, right, above and below: a map that is off by a box leaves one on bare paper. */
  readonly edgesSeen: number;
  /** Root mean square of what these are still off, mm. */
  readonly residualMm: number;
  /** The most that a piece was moved by the bend, mm. */
  readonly largestMm: number;
}

const ANCHOR_WEIGHT = 2;
/** Stations: places 22 mm apart whose lines, up to 14 mm away, are matched together. More than a box wide: neighbouring boxes can't be exchanged. */
const STATION_MM = 22;
const STATION_REACH_MM = 14;
/** A station is looked for when another within this distance is known, and then this near to where the known ones put it. */
const GROW_MM = 45;
/** Coarse while growing: stations are 22 mm apart. */
const GROWING = { cellMm: 24, rounds: 2 } as const;
const SEARCH_MM = 3;
const SEARCH_COUNT = 41;
/** Lines of a station, taken together, must be this dark, and so much darker than at any other shift (a box's other side gives half). */
const MIN_DARKNESS = 0.03;
const MIN_RATIO = 1.25;
/** Single pieces, in rounds: how far they are looked for. */
const FINE_REACH_MM = [1.2, 0.8, 0.6];
const FINE_STEP_MM = 0.1;
/** A piece is seen where it is at least this share as dark as pieces usually are. */
const MIN_SHARE_OF_USUAL = 0.35;
const SEEN_WITHIN_MM = 0.35;
/** Lines so near to the outermost one are outermost too. */
const EDGE_MM = 1;
/** With fewer of its lines seen (print that vanishes in this light) nothing says how a card is bent. */
const MIN_SEEN = 0.15;
/** The common case at a fifth of the cost: nearly all of every other piece lie where the marks put them, so the card is flat, or nearly. */
const FIRST_LOOK_MM = 1;
const NEARLY_ALL = 0.97;
const FLAT_MM = 0.15;
const NEAR_MM = 0.5;
/** Where one piece in 200 is off the smooth field by more than this there is a crease: finer and softer. */
const CREASE_MM = 0.12;
const CREASE_SHARE = 0.005;
const CREASED_REACH_MM = [1.2, 0.6];
const CREASED = { cellMm: 10, stiffness: 0.03 } as const;

/**
 * Follows a card's bent paper over the page: from the marks, whose places are known, to stations further and further away, each looked
 * for where its known neighbours put it; then every piece of the printed lines is measured and a smooth field fitted to all of them.
 * What no homography can do (curl, folds, a lens, a mark extrapolated badly) is met by this field.
 * @param anchors where the card is known to lie; at least one
 */
export function followBend(
  image: GrayImage,
  page: CardPage,
  found: { mmToPx: Homography; anchors: readonly Anchor[]; lines: readonly PrintedLine[] },
): FollowedBend {
  const { mmToPx, anchors } = found;
  const pieces = cutLines(found.lines, page.fields);
  const scan = openPieceRoom(image);
  const toMm = invertHomography(mmToPx);
  const known = anchors.flatMap(({ mm, px }): BendSample[] => {
    const seen = applyHomography(toMm, px);
    return [
      { x: mm.x, y: mm.y, axis: "x", offset: seen.x - mm.x, weight: ANCHOR_WEIGHT },
      { x: mm.x, y: mm.y, axis: "y", offset: seen.y - mm.y, weight: ANCHOR_WEIGHT },
    ];
  });
  const some = measurePieces(scan, { mmToPx, bend: null }, everyOther(pieces), FIRST_LOOK_MM);
  if (shareWithin(some, FLAT_MM) >= NEARLY_ALL && some.length >= NEARLY_ALL * (pieces.length / 2)) {
    return { ...summarise(fitBend([], page), some), bend: null };
  }
  const near = shareWithin(some, NEAR_MM) >= NEARLY_ALL;
  let bend = near ? null : grow(scan, page, { mmToPx, known, places: anchors.map(({ mm }) => mm), pieces });
  let measured: MeasuredPiece[] = [];
  for (const reach of near ? FINE_REACH_MM.slice(1) : FINE_REACH_MM) {
    measured = measurePieces(scan, { mmToPx, bend }, pieces, reach);
    bend = fitBend([...known, ...seenSamples(measured)], page);
  }
  if (bend !== null && isCreased(bend, measured)) {
    // What looked like outliers of the smooth field may be the crease: they count first, and the field's bend is judged again.
    for (const reach of CREASED_REACH_MM) {
      bend = fitBend([...known, ...seenSamples(measured)], page, { ...CREASED, outlierMm: reach });
      measured = measurePieces(scan, { mmToPx, bend }, pieces, reach);
    }
    bend = fitBend([...known, ...seenSamples(measured)], page, CREASED);
  }
  const followed = summarise(bend ?? fitBend(known, page), measured);
  // Too little to go by: then the marks must do.
  return followed.seenShare < MIN_SEEN ? { ...followed, bend: null } : followed;
}

function seenSamples(measured: readonly MeasuredPiece[]): BendSample[] {
  return measured.filter(({ seen }) => seen).map(({ sample }) => sample);
}

function isCreased(bend: BendField, measured: readonly MeasuredPiece[]): boolean {
  const off = measured.filter(({ sample, seen }) => seen && Math.abs(offBy(bend, sample)) > CREASE_MM);
  return off.length > CREASE_SHARE * measured.length;
}

/** What a sample says beyond the field. */
function offBy(bend: BendField, { x, y, axis, offset }: BendSample): number {
  const [dx, dy] = evaluateBend(bend, x, y);
  return offset - (axis === "x" ? dx : dy);
}

function everyOther(pieces: readonly LinePiece[]): LinePiece[] {
  return pieces.filter((_, i) => i % 2 === 0);
}

/** Of the pieces that were looked for: the share seen within a distance of where the map puts them. */
function shareWithin(measured: readonly MeasuredPiece[], mm: number): number {
  return measured.filter(({ sample, seen }) => seen && Math.abs(sample.offset) <= mm).length / Math.max(1, measured.length);
}

interface Station {
  readonly at: Point;
  readonly pieces: readonly LinePiece[];
}

function middle({ direction, at, from, to }: LinePiece): Point {
  return direction === "h" ? { x: (from + to) / 2, y: at } : { x: at, y: (from + to) / 2 };
}

function buildStations(pieces: readonly LinePiece[], page: CardPage): Station[] {
  const stations: Station[] = [];
  for (let y = STATION_MM / 2; y < page.heightMm; y += STATION_MM) {
    for (let x = STATION_MM / 2; x < page.widthMm; x += STATION_MM) {
      const own = pieces.filter((piece) => {
        const p = middle(piece);
        return Math.abs(p.x - x) <= STATION_REACH_MM && Math.abs(p.y - y) <= STATION_REACH_MM;
      });
      if (own.length > 1) stations.push({ at: { x, y }, pieces: own });
    }
  }
  return stations;
}

function grow(
  scan: PieceRoom,
  page: CardPage,
  start: { mmToPx: Homography; known: readonly BendSample[]; places: readonly Point[]; pieces: readonly LinePiece[] },
): BendField {
  const samples = [...start.known];
  const places = [...start.places];
  let waiting = buildStations(start.pieces, page);
  let bend = fitBend(samples, page, GROWING);
  while (waiting.length > 0) {
    const distances = waiting.map(({ at }) => Math.min(...places.map((p) => Math.hypot(p.x - at.x, p.y - at.y))));
    const limit = Math.max(GROW_MM, Math.min(...distances));
    const next = waiting.filter((_, i) => distances[i] <= limit);
    waiting = waiting.filter((_, i) => distances[i] > limit);
    const map = { mmToPx: start.mmToPx, bend };
    for (const { at, pieces } of next) {
      const matches = (["h", "v"] as const).map((direction) =>
        matchStation(
          scan,
          map,
          pieces.filter((piece) => piece.direction === direction),
        ),
      );
      for (const sample of matches) if (sample) samples.push(sample);
      if (matches.some((sample) => sample !== null)) places.push(at);
    }
    bend = fitBend(samples, page, GROWING);
  }
  return bend;
}

/** The shift across lines of one direction at which they are darkest together; null where none stands out. */
function matchStation(scan: PieceRoom, map: PageMap, pieces: readonly LinePiece[]): BendSample | null {
  const total = new Float64Array(SEARCH_COUNT);
  let length = 0;
  let [x, y] = [0, 0];
  for (const piece of pieces) {
    const profile = profilePiece(scan, map, piece, { reach: SEARCH_MM, count: SEARCH_COUNT, alongMm: 0.9 });
    if (profile === null) continue;
    const own = piece.to - piece.from;
    const dark = darkness(profile);
    for (let k = 0; k < total.length; k++) total[k] += own * Math.min(0.6, dark[k]);
    const p = middle(piece);
    length += own;
    x += own * p.x;
    y += own * p.y;
  }
  if (length < 8) return null;
  const step = (2 * SEARCH_MM) / (SEARCH_COUNT - 1);
  const centre = (SEARCH_COUNT - 1) / 2;
  // Of equal peaks the nearer one.
  const weighted = total.map((value, k) => (value / length) * (1 - 0.15 * ((k - centre) / centre) ** 2));
  const best = weighted.indexOf(Math.max(...weighted));
  let second = 0;
  for (let k = 0; k < weighted.length; k++) if (Math.abs(k - best) * step > 0.8) second = Math.max(second, weighted[k]);
  if (weighted[best] < MIN_DARKNESS || weighted[best] < MIN_RATIO * second || best === 0 || best === weighted.length - 1) return null;
  const at = { x: x / length, y: y / length };
  const [dx, dy] = map.bend ? evaluateBend(map.bend, at.x, at.y) : [0, 0];
  const shift = (peakAround(total, best) - centre) * step;
  const horizontal = pieces[0].direction === "h";
  return { ...at, axis: horizontal ? "y" : "x", offset: shift + (horizontal ? dy : dx), weight: 4 };
}

interface MeasuredPiece {
  readonly sample: BendSample;
  readonly seen: boolean;
}

function measurePieces(scan: PieceRoom, map: PageMap, pieces: readonly LinePiece[], reach: number): MeasuredPiece[] {
  const centre = Math.round(reach / FINE_STEP_MM);
  const count = 2 * centre + 1;
  const raw: { piece: LinePiece; peak: number; dark: number }[] = [];
  for (const piece of pieces) {
    const profile = profilePiece(scan, map, piece, { reach, count, alongMm: 0.6 });
    if (profile === null) continue;
    const curve = darkness(profile);
    let best = 0;
    let bestScore = -1;
    for (let k = 0; k < count; k++) {
      const score = curve[k] * (1 - 0.3 * ((k - centre) / centre) ** 2);
      if (score > bestScore) [best, bestScore] = [k, score];
    }
    raw.push({ piece, peak: peakAround(curve, best), dark: best === 0 || best === count - 1 ? 0 : curve[best] });
  }
  const usual = raw.map(({ dark }) => dark).sort((a, b) => a - b)[Math.floor(0.6 * raw.length)] ?? 0;
  return raw.map(({ piece, peak, dark }): MeasuredPiece => {
    const p = middle(piece);
    const [dx, dy] = map.bend ? evaluateBend(map.bend, p.x, p.y) : [0, 0];
    const horizontal = piece.direction === "h";
    const offset = (peak - centre) * FINE_STEP_MM + (horizontal ? dy : dx);
    const weight = (Math.min(1, dark / usual) * (piece.to - piece.from)) / 10;
    return {
      sample: { ...p, axis: horizontal ? "y" : "x", offset, weight },
      seen: dark >= MIN_DARKNESS && dark >= MIN_SHARE_OF_USUAL * usual,
    };
  });
}

function summarise(bend: BendField, measured: readonly MeasuredPiece[]): FollowedBend {
  let squares = 0;
  let largestMm = 0;
  const near = measured.map(({ sample, seen }) => {
    const [dx, dy] = evaluateBend(bend, sample.x, sample.y);
    largestMm = Math.max(largestMm, Math.abs(sample.axis === "x" ? dx : dy));
    const off = offBy(bend, sample);
    if (!seen || Math.abs(off) > SEEN_WITHIN_MM) return 0;
    squares += off * off;
    return 1;
  });
  const seen = near.reduce((sum: number, one) => sum + one, 0);
  return {
    bend,
    seenShare: seen / Math.max(1, measured.length),
    edgesSeen: Math.min(...outermost(measured).map((edge) => edge.reduce((sum, i) => sum + near[i], 0) / Math.max(1, edge.length))),
    residualMm: Math.sqrt(squares / Math.max(1, seen)),
    largestMm,
  };
}

/** Indices of the pieces that lie outermost at the left, right, top and bottom. */
function outermost(measured: readonly MeasuredPiece[]): number[][] {
  return (["x", "y"] as const).flatMap((axis) => {
    const places = measured.flatMap(({ sample }, i) => (sample.axis === axis ? [{ i, at: sample[axis] }] : []));
    const [least, most] = [Math.min(...places.map(({ at }) => at)), Math.max(...places.map(({ at }) => at))];
    return [least, most].map((end) => places.filter(({ at }) => Math.abs(at - end) < EDGE_MM).map(({ i }) => i));
  });
}
