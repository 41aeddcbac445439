import type { GrayImage } from "../image/images.ts";

/** A line of dirt along the whole way of a scan: the columns (or rows) it darkens, and how much light it lets through, piece by piece. */
export interface Streak {
  /** Whether it runs down columns or along rows. */
  readonly along: "y" | "x";
  /** First column (row) of it. */
  readonly from: number;
  /** For each of its columns (rows) the share of the paper's light that is left in each piece of the way, from its start. */
  readonly left: readonly Float32Array[];
  /** Of a piece along the way, px. */
  readonly piecePx: number;
}

/** The way is judged in so many pieces; a streak is seen in nearly all that show paper, in both margins too: no printed line reaches there. */
const PIECES = 32;
const MAX_UNSEEN = 3;
const MARGIN_PIECES = 2;
/** From the ends inwards: most columns show in the margins that they are none. */
const ORDER = Array.from({ length: PIECES }, (_, i) => (i % 2 === 0 ? i / 2 : PIECES - (i + 1) / 2));
/** Of a piece, so many places are looked at. */
const PLACES = 12;
const MIN_PLACES = 4;
/** Paper on both sides of it is alike by this share, and this light. */
const ALIKE = 0.08;
const MIN_PAPER = 60;
/** A streak takes at least this share of the light; its edges at least that. */
const MIN_LOSS = 0.04;
const EDGE_LOSS = 0.015;
/** Paper is looked for this far beside a column: 0.5 mm on a page that fills the picture. A streak is not wider than that. */
const BESIDE = 1 / 600;
/** More columns than this share are no dirt: a screen's pixels, a grid. */
const MAX_SHARE = 0.02;

/**
 * Looks for straight lines along the whole scan, at one column (or row) from edge to edge: dirt on a feeder's glass. Writing and print hide
 * such a line here and there and never go along with it: the median of what each piece of the way shows tells them apart.
 */
export function findStreaks(image: GrayImage): Streak[] {
  return [...findAlong(image, "y"), ...findAlong(image, "x")];
}

/** One direction of an image: px across and along the lines that are looked for, and how far apart they lie in memory. */
interface Way {
  readonly data: Uint8Array;
  readonly across: number;
  readonly stepAcross: number;
  readonly stepAlong: number;
  readonly reach: number;
  readonly piecePx: number;
}

function findAlong({ width, height, data }: GrayImage, along: Streak["along"]): Streak[] {
  const [across, length] = along === "y" ? [width, height] : [height, width];
  const [stepAcross, stepAlong] = along === "y" ? [1, width] : [width, 1];
  const way: Way = {
    data,
    across,
    stepAcross,
    stepAlong,
    reach: Math.max(3, Math.round(Math.max(width, height) * BESIDE)),
    piecePx: length / PIECES,
  };
  if (way.piecePx < PLACES) return [];
  const runs = findRuns(way);
  if (runs.reduce((sum, [from, to]) => sum + to - from, 0) > MAX_SHARE * across) return [];
  return runs.map(([from, to]) => ({
    along,
    from,
    left: Array.from({ length: to - from }, (_, i) => fillGaps(ORDER.map((_, piece) => shareLeft(way, from + i, piece)))),
    piecePx: way.piecePx,
  }));
}

/** Runs of columns that are darker than their neighbours in nearly every piece, grown by their edges. */
function findRuns(way: Way): [number, number][] {
  const runs: [number, number][] = [];
  for (let x = way.reach; x < way.across - way.reach; x++) {
    if (!isDark(way, x, MIN_LOSS)) continue;
    let from = x;
    while (from > way.reach && isDark(way, from - 1, EDGE_LOSS)) from--;
    let to = x + 1;
    while (to < way.across - way.reach && isDark(way, to, EDGE_LOSS)) to++;
    runs.push([from, to]);
    x = to;
  }
  return runs;
}

function isDark(way: Way, x: number, loss: number): boolean {
  let unseen = 0;
  let seen = 0;
  const atEnds = [0, 0];
  for (const piece of ORDER) {
    const dark = isDarkPiece(way, x, { piece, loss });
    if (dark === null) continue;
    seen++;
    const end = piece < PIECES / 2 ? 0 : 1;
    if (!dark && (atEnds[end] < MARGIN_PIECES || ++unseen > MAX_UNSEEN)) return false;
    atEnds[end]++;
  }
  return seen >= PIECES / 2;
}

/** Whether most of the places of a piece that lie between paper and paper are darker; null where too few do. */
function isDarkPiece(way: Way, x: number, { piece, loss }: { piece: number; loss: number }): boolean | null {
  let n = 0;
  let dark = 0;
  for (let place = 0; place < PLACES; place++) {
    const share = shareAt(way, x, { piece, place });
    if (share === 0) continue;
    n++;
    if (share < 1 - loss) dark++;
  }
  return n < MIN_PLACES ? null : 2 * dark > n;
}

/** The median share of light that is left in a piece; NaN where too little paper shows. */
function shareLeft(way: Way, x: number, piece: number): number {
  const shares = Array.from({ length: PLACES }, (_, place) => shareAt(way, x, { piece, place })).filter((share) => share > 0);
  return shares.length < MIN_PLACES ? Number.NaN : shares.sort((a, b) => a - b)[shares.length >> 1];
}

/** Grey of a place over that of the paper on its two sides; 0 where these are not paper. */
function shareAt(
  { data, stepAcross, stepAlong, reach, piecePx }: Way,
  x: number,
  { piece, place }: { piece: number; place: number },
): number {
  const at = Math.floor((piece + (place + 0.5) / PLACES) * piecePx) * stepAlong + x * stepAcross;
  const before = data[at - reach * stepAcross];
  const after = data[at + reach * stepAcross];
  if (before < MIN_PAPER || after < MIN_PAPER || Math.abs(before - after) > ALIKE * before) return 0;
  return Math.max(1, 2 * data[at]) / (before + after);
}

/** Pieces of which nothing is known are as the nearest one is. */
function fillGaps(shares: readonly number[]): Float32Array {
  const out = Float32Array.from(shares);
  for (let i = 0; i < out.length; i++) {
    for (let d = 1; Number.isNaN(out[i]) && d < out.length; d++) {
      const near = [shares[i - d], shares[i + d]].find((share) => share !== undefined && !Number.isNaN(share));
      if (near !== undefined) out[i] = near;
    }
  }
  return out;
}
