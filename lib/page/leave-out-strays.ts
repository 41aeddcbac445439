import type { Box } from "../core/geometry.ts";
import { drawComponents } from "../image/draw-components.ts";
import { areNear } from "../image/near-components.ts";
import { findRunComponents, type RunComponents } from "../image/run-components.ts";
import type { IsolatedInk } from "./isolate-boxes.ts";
import { PX_PER_MM_300 } from "./register-page.ts";

/** What of a box's ink is its character. */
export interface OwnInk {
  /** What surely is; null where nothing in the box is writing. */
  readonly ink: IsolatedInk | null;
  /** With pieces that may be parts of it or not; null where there are none. */
  readonly more: IsolatedInk | null;
  /** Which of the two it is makes a difference, or something long stands beside an empty box. */
  readonly doubtful: boolean;
}

/** Pieces nearer than this to the character are parts of it: a pen that skips. Those further off than the second may still be. */
const JOIN_MM = 0.5;
const PERHAPS_MM = 3;
/** The same for ink outside the box: what a printed line parts, which is no wider. */
const JOIN_OUTSIDE_MM = 0.3;
const PERHAPS_OUTSIDE_MM = 1;
/** A piece with less than this share of its ink in the box lies outside. */
const INSIDE = 0.3;
/** Dirt, or the pen put down: no character but a mark is so small, and no part of one but a dot. */
const SPECK_MM = 0.8;
/** A dot stands over its letter, not further to a side than this. */
const DOT_ASIDE_MM = 1.2;
/** By so much of the character's height, width or ink pieces make a difference. */
const DIFFERENCE = 0.1;
/** A hair or thread on the glass: thinner than this, and than this share of the character's strokes. */
const HAIR_PX = 2.6;
const HAIR_SHARE = 0.5;
/** What is left of a printed line is flatter than this and lies within it of the line's place; longer than this share of the box's side it is no stroke. */
const REMNANT_MM = 0.6;
const REMNANT_SHARE = 0.6;
/** Of a remnant that has corners so much lies along the box's lines, within this of them; a head stands no higher above a box. */
const ALONG_SHARE = 0.8;
const ALONG_MM = 0.4;
const HEAD_MM = 5;
/** Ink outside an empty box that is longer than this may be its character, written beside it. */
const BESIDE_MM = 2;

/** More specks than one, with more ink than one has, may be a character of a pen that hardly writes. */
const DOTTED_PX = 100;

const NOTHING: OwnInk = { ink: null, more: null, doubtful: false };
const DOTTED = /[ij]/;
const CHARACTER = /[0-9A-Za-z]/;

/** Of a box's ink: one connected piece. */
interface Piece {
  readonly label: number;
  readonly area: number;
  readonly box: Box;
  /** Longer side, mm. */
  readonly size: number;
  readonly onLine: boolean;
  readonly outside: boolean;
}

/**
 * Leaves out what is no part of the box's character: specks away from it, and marks outside the box that do not touch it. Marks
 * (a comma, an equals sign) are returned with all ink of their box: their own parts may be as small.
 * @param box to write in, in px of the rectified page
 */
export function leaveOutStrays(ink: IsolatedInk, box: Box, prompt: string): OwnInk {
  if (!CHARACTER.test(prompt)) return { ink, more: null, doubtful: false };
  const found = findRunComponents(ink.image);
  const room: Box = [box[0] - ink.bounds[0], box[1] - ink.bounds[1], box[2], box[3]];
  const pieces = found.components
    .map((component) => ({ ...component, isPrint: isAlong(found, component, room) }))
    .filter(({ box: own, isPrint }) => !liesOnLine(own, room, REMNANT_SHARE) && !(isPrint && isLong(own, room)))
    .map(
      ({ label, area, box: own, isPrint }): Piece => ({
        label,
        area,
        box: own,
        size: Math.max(own[2], own[3]) / PX_PER_MM_300,
        onLine: isPrint || liesOnLine(own, room, 0),
        outside: insideShare(found, label, room) < INSIDE,
      }),
    );
  const within = pieces.filter((piece) => !piece.outside && piece.size >= SPECK_MM);
  if (within.length === 0) {
    const specks = pieces.filter((piece) => !piece.outside);
    const isDotted = specks.reduce((sum, { area }) => sum + area, 0) >= DOTTED_PX;
    const perhaps = isDotted ? specks : pieces.filter((piece) => piece.size >= BESIDE_MM);
    if (perhaps.length === 0) return NOTHING;
    return { ink: keepPieces(ink, found, labelsOf(perhaps)), more: null, doubtful: true };
  }
  const main = within.reduce((most, piece) => (piece.area > most.area ? piece : most));
  const mainPx = strokeWidth(found, main.label);
  const isHair = (label: number): boolean => {
    const width = strokeWidth(found, label);
    return width < HAIR_PX && width < HAIR_SHARE * mainPx;
  };
  const others = pieces.filter(({ label, size }) => label !== main.label && (size < SPECK_MM || !isHair(label)));
  const gather = (start: readonly number[], [inside, outside]: readonly [number, number]): number[] => {
    const own = [...start];
    for (let grown = true; grown; ) {
      grown = false;
      for (const piece of others) {
        if (own.includes(piece.label)) continue;
        const isPart = !piece.outside && ((piece.size >= SPECK_MM && !piece.onLine) || (DOTTED.test(prompt) && isDot(piece.box, main.box)));
        const between = !piece.outside && own.some((label) => label !== main.label) && liesBetween(piece.box, found, own);
        const reach = (piece.outside ? outside : between ? PERHAPS_MM : inside) * PX_PER_MM_300;
        if (!isPart && !own.some((label) => areNear(found, [label, piece.label], reach))) continue;
        own.push(piece.label);
        grown = true;
      }
    }
    return own;
  };
  const sure = gather([main.label], [JOIN_MM, JOIN_OUTSIDE_MM]);
  const perhaps = gather(sure, [PERHAPS_MM, PERHAPS_OUTSIDE_MM]);
  const own = sure.length === found.components.length ? ink : keepPieces(ink, found, sure);
  // A dot may lie on a printed line and be taken for a part of it.
  const lacksDot = DOTTED.test(prompt) && !others.some(({ label, box: at }) => sure.includes(label) && isDot(at, main.box));
  if (perhaps.length === sure.length) return { ink: own, more: null, doubtful: lacksDot };
  const more = keepPieces(ink, found, perhaps);
  const area = (labels: readonly number[]): number => labels.reduce((sum, label) => sum + found.components[label - 1].area, 0);
  const grows = area(perhaps) > (1 + DIFFERENCE) * area(sure) || [2, 3].some((k) => more.bounds[k] > (1 + DIFFERENCE) * own.bounds[k]);
  return { ink: own, more, doubtful: grows || lacksDot };
}

function labelsOf(pieces: readonly { readonly label: number }[]): number[] {
  return pieces.map(({ label }) => label);
}

/** A flat piece along one of the box's own lines, at least this share of it long. */
function liesOnLine([x, y, width, height]: Box, [left, top, w, h]: Box, share: number): boolean {
  const reach = REMNANT_MM * PX_PER_MM_300;
  const alongSide = (length: number, depth: number, middle: number, side: number, [from, to]: readonly [number, number]): boolean =>
    depth <= reach && length >= Math.max(depth, share * side) && Math.min(Math.abs(middle - from), Math.abs(middle - to)) <= reach;
  return alongSide(width, height, y + height / 2, w, [top, top + h]) || alongSide(height, width, x + width / 2, h, [left, left + w]);
}

function isLong(box: Box, room: Box): boolean {
  return box[2] >= REMNANT_SHARE * room[2] || box[3] >= REMNANT_SHARE * room[3];
}

/** A piece, with corners or without, nearly all of it along the box's lines and those of its head: print that was not taken away. */
function isAlong(found: RunComponents, { label, area }: { label: number; area: number }, room: Box): boolean {
  const [reach, head] = [ALONG_MM * PX_PER_MM_300, HEAD_MM * PX_PER_MM_300];
  const [left, top, right, bottom] = [room[0], room[1], room[0] + room[2], room[1] + room[3]];
  const { firstRun, rows, starts, ends } = found;
  let along = 0;
  for (let run = firstRun[label - 1]; run < firstRun[label]; run++) {
    const y = rows[run];
    const isAcross = Math.min(Math.abs(y - top), Math.abs(y - bottom)) <= reach;
    const isBeside = y >= top - head && y <= bottom + reach;
    for (let x = starts[run]; x < ends[run]; x++)
      if (isAcross || (isBeside && Math.min(Math.abs(x - left), Math.abs(x - right)) <= reach)) along++;
  }
  return along >= ALONG_SHARE * area;
}

/** Within the outline of the pieces so far: a broken stroke's own. */
function liesBetween([x, y, width, height]: Box, { components }: RunComponents, own: readonly number[]): boolean {
  const boxes = own.map((label) => components[label - 1].box);
  return (
    x >= Math.min(...boxes.map((box) => box[0])) &&
    y >= Math.min(...boxes.map((box) => box[1])) &&
    x + width <= Math.max(...boxes.map((box) => box[0] + box[2])) &&
    y + height <= Math.max(...boxes.map((box) => box[1] + box[3]))
  );
}

/** Above the letter's upper half, and not far to its side. */
function isDot([x, y, width, height]: Box, [left, top, w, h]: Box): boolean {
  const aside = DOT_ASIDE_MM * PX_PER_MM_300;
  return y + height <= top + h / 2 && x + width >= left - aside && x <= left + w + aside;
}

function insideShare({ firstRun, rows, starts, ends }: RunComponents, label: number, [x, y, width, height]: Box): number {
  let [inside, all] = [0, 0];
  for (let run = firstRun[label - 1]; run < firstRun[label]; run++) {
    all += ends[run] - starts[run];
    if (rows[run] >= y && rows[run] < y + height) inside += Math.max(0, Math.min(ends[run], x + width) - Math.max(starts[run], x));
  }
  return inside / Math.max(1, all);
}

/** Twice the area over the outline's length: how wide a piece's strokes are, px. An outline of px sides is longer than its curve by 4 / pi. */
function strokeWidth({ components, firstRun, rows, starts, ends }: RunComponents, label: number): number {
  let edge = 0;
  let [above, aboveEnd] = [firstRun[label - 1], firstRun[label - 1]];
  for (let run = firstRun[label - 1]; run < firstRun[label]; ) {
    const row = rows[run];
    let next = run;
    while (next < firstRun[label] && rows[next] === row) next++;
    if (above < aboveEnd && rows[above] !== row - 1) [above, aboveEnd] = [run, run];
    let both = 0;
    for (let i = run; i < next; i++) {
      edge += 2 + ends[i] - starts[i];
      for (let k = above; k < aboveEnd; k++) both += Math.max(0, Math.min(ends[i], ends[k]) - Math.max(starts[i], starts[k]));
    }
    for (let k = above; k < aboveEnd; k++) edge += ends[k] - starts[k];
    edge -= 2 * both;
    [above, aboveEnd] = [run, next];
    run = next;
  }
  for (let k = above; k < aboveEnd; k++) edge += ends[k] - starts[k];
  return (2 * components[label - 1].area) / ((edge * Math.PI) / 4);
}

function keepPieces({ bounds, isPale }: IsolatedInk, found: RunComponents, own: readonly number[]): IsolatedInk {
  const {
    image,
    box: [x, y, width, height],
  } = drawComponents(found, own);
  return { image, bounds: [bounds[0] + x, bounds[1] + y, width, height], ...(isPale && { isPale }) };
}
