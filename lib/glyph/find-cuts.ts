import type { BinaryImage } from "../image/images.ts";
import { findSeams } from "./find-seams.ts";
import { type Atom, type SplitPiece, splitPiece } from "./split-piece.ts";

/** On which side of a cut a px of a component lies. */
export const LEFT = 0;
export const RIGHT = 1;
/** Added where two strokes cross or touch: the ink is both sides', though it lies on one of them. */
const SHARED = 2;

/** A component parted in two: what lies left of the cut, and what lies right of it. */
export interface Cut {
  /** Atoms on the left side, a bit each. */
  readonly left: bigint;
  /** For each px of the component LEFT or RIGHT, and 2 more where it is both sides' (`SHARED`). */
  readonly side: Uint8Array;
  /** Length of ink that is cut through, px; half of it counts where a stroke ends at another's side. */
  readonly crossed: number;
  /** Strokes it goes through: one where two characters merely touch, two where it parts a loop. */
  readonly strokes: number;
  /** Whether it rests on a light stroke's seam. */
  readonly isLight: boolean;
  /** Columns: the left side's last, the right side's first. */
  readonly leftEnd: number;
  readonly rightStart: number;
  /** Likewise with the ink that it shares. */
  readonly leftReach: number;
  readonly rightReach: number;
  /** What speaks against a border between two characters there (`findBorders`), nats; null of a cut along seams: its crossed ink tells. */
  readonly against: number | null;
}

export interface FindCutsOptions {
  /** Usual stroke width and character height in px. */
  readonly strokePx: number;
  readonly heightPx: number;
  readonly maxCuts: number;
}

export interface CutPiece {
  /** The bits that no cut parts. */
  readonly atoms: readonly Pick<Atom, "minX" | "maxX">[];
  /** By how much ink lies on their left side. */
  readonly cuts: readonly Cut[];
}

/** So many ways to go on are kept for each number of atoms on the left side. */
const BEAM = 24;
/** Of an atom that is no more than a crossing's middle, over the stroke's width squared. */
const HUB = 2;
/** Less ink than this on either side is no character, over the stroke's width squared. */
const LEAST = 2.5;
/** Two cuts that differ by less ink than this are one, over the stroke's width squared. */
const SAME = 1.3;
/** What ink on the wrong side costs, a px row by row, over stroke width times height. */
const DISORDER = 2;
/** How far beyond a cut ink is both sides', over the stroke's width. */
const SHARED_REACH = 0.4;

/**
 * Proposes where touching characters may be parted: along seams (`findSeams`), into a left and a right side that each hang together; the cheapest first, by the length of
 * ink that is cut through and by how far the left side reaches over the right one in the same rows (beam search over the bits between seams).
 */
export function findCuts(mask: BinaryImage, options: FindCutsOptions): CutPiece {
  const seams = findSeams(mask, options.strokePx);
  const split = splitPiece(mask, seams);
  const states = search(split, options);
  states.sort((a, b) => a.cost - b.cost);
  const chosen: State[] = [];
  const least = SAME * options.strokePx ** 2;
  for (const state of states) {
    if (chosen.length >= options.maxCuts) break;
    if (chosen.every((other) => areaOf(split, state.left ^ other.left) >= least)) chosen.push(state);
  }
  chosen.sort((a, b) => a.area - b.area);
  return { atoms: split.atoms, cuts: chosen.map((state) => describe(mask, split, { left: state.left, strokePx: options.strokePx })) };
}

/** Whether all that lies left of `left` lies left of `right` too. */
export function isLeftOf(left: Cut, right: Cut): boolean {
  return left.left !== right.left && (left.left & ~right.left) === 0n;
}

interface State {
  readonly left: bigint;
  readonly area: number;
  readonly cost: number;
}

function areaOf({ atoms }: SplitPiece, set: bigint): number {
  let area = 0;
  for (const [i, atom] of atoms.entries()) if ((set >> BigInt(i)) & 1n) area += atom.area;
  return area;
}

function search(split: SplitPiece, options: FindCutsOptions): State[] {
  const { atoms, contacts } = split;
  const n = atoms.length;
  if (n < 2) return [];
  const first = indexOfBest(atoms, ({ minX }) => -minX);
  const last = indexOfBest(atoms, ({ maxX }) => maxX);
  if (first === last) return [];
  const bits = atoms.map((_, i) => 1n << BigInt(i));
  const neighbours = atoms.map((): number[] => []);
  for (const { a, b } of contacts) {
    neighbours[a].push(b);
    neighbours[b].push(a);
  }
  const isHub = atoms.map(({ area }) => area <= HUB * options.strokePx ** 2);
  const rows = listRows(atoms);
  const total = atoms.reduce((sum, { area }) => sum + area, 0);
  const least = LEAST * options.strokePx ** 2;
  const isLeft = new Uint8Array(n);
  const found: State[] = [];
  let beam: State[] = [addTo({ left: 0n, area: 0, cost: 0 }, first)];
  for (let size = 1; size < n && beam.length > 0; size++) {
    const next = new Map<bigint, State>();
    for (const state of beam) {
      for (let i = 0; i < n; i++) isLeft[i] = state.left & bits[i] ? 1 : 0;
      if (state.area >= least && total - state.area >= least && rightHangsTogether()) found.push(state);
      for (const i of listReachable()) if (!next.has(state.left | bits[i])) next.set(state.left | bits[i], addTo(state, i));
    }
    beam = [...next.values()].sort((a, b) => a.cost - b.cost).slice(0, BEAM);
  }
  return found;

  /** Atoms beside the left side, or beside a hub that is: strokes go on across a crossing. */
  function listReachable(): number[] {
    const reached = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      if (!isLeft[i] && !(isHub[i] && neighbours[i].some((k) => isLeft[k]))) continue;
      for (const k of neighbours[i]) reached[k] = 1;
    }
    return atoms.flatMap((_, i) => (reached[i] && !isLeft[i] && i !== last ? [i] : []));
  }

  /** Likewise across hubs on the left side. */
  function rightHangsTogether(): boolean {
    const seen = new Uint8Array(n);
    const queue = [isLeft.indexOf(0)];
    seen[queue[0]] = 1;
    for (const i of queue)
      for (const k of neighbours[i])
        if (!seen[k] && (!isLeft[k] || isHub[k])) {
          seen[k] = 1;
          queue.push(k);
        }
    return seen.every((yes, i) => yes === 1 || isLeft[i] === 1);
  }

  /** The state with one more atom on its left side, whose others are those of `isLeft`. */
  function addTo(state: State, i: number): State {
    isLeft[i] = 1;
    let cost = 0;
    for (const { a, b, cost: own } of contacts) if (isLeft[a] !== isLeft[b]) cost += own;
    cost = cost / options.strokePx + DISORDER * disorder(rows, isLeft, options);
    isLeft[i] = 0;
    return { left: state.left | bits[i], area: state.area + atoms[i].area, cost };
  }
}

/** Atoms with ink in a row: by where they begin, and by where they end, the last first; with these places. */
interface Row {
  readonly byStart: Int16Array;
  readonly starts: Int16Array;
  readonly byEnd: Int16Array;
  readonly ends: Int16Array;
}

function listRows(atoms: readonly Atom[]): Row[] {
  return Array.from(atoms[0].first, (_, y) => {
    const own = [...atoms.keys()].filter((i) => atoms[i].last[y] >= 0);
    const byStart = Int16Array.from(own.toSorted((a, b) => atoms[a].first[y] - atoms[b].first[y]));
    const byEnd = Int16Array.from(own.toSorted((a, b) => atoms[b].last[y] - atoms[a].last[y]));
    return { byStart, starts: byStart.map((i) => atoms[i].first[y]), byEnd, ends: byEnd.map((i) => atoms[i].last[y]) };
  });
}

/** How far, row by row, the left side reaches beyond the right side's start and one stroke, over stroke width times height. */
function disorder(rows: readonly Row[], isLeft: Uint8Array, { strokePx, heightPx }: FindCutsOptions): number {
  let sum = 0;
  for (const { byStart, starts, byEnd, ends } of rows) {
    let [start, end] = [0, 0];
    while (start < byStart.length && isLeft[byStart[start]] === 1) start++;
    while (end < byEnd.length && isLeft[byEnd[end]] === 0) end++;
    if (start < byStart.length && end < byEnd.length) sum += Math.max(0, ends[end] - starts[start] - strokePx);
  }
  return sum / (strokePx * heightPx);
}

function describe(mask: BinaryImage, split: SplitPiece, { left, strokePx }: { left: bigint; strokePx: number }): Cut {
  const { atoms, labels, contacts } = split;
  const isLeft = atoms.map((_, i) => Boolean((left >> BigInt(i)) & 1n));
  const crossings = contacts.filter(({ a, b }) => isLeft[a] !== isLeft[b]);
  // A crossing's middle with strokes of the other side on two of its sides is that one's too.
  const isBoth = atoms.map(
    ({ area }, i) =>
      area <= HUB * strokePx ** 2 &&
      crossings.filter(({ a, b, lengthPx }) => (a === i || b === i) && lengthPx >= 0.4 * strokePx).length >= 2,
  );
  const side = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) if (labels[i] >= 0) side[i] = (isLeft[labels[i]] ? 0 : 1) + (isBoth[labels[i]] ? SHARED : 0);
  shareTips(side, mask, strokePx);
  return {
    left,
    side,
    ...reachOf(side, mask),
    crossed: crossings.reduce((sum, { cost }) => sum + cost, 0),
    strokes: crossings.filter(({ lengthPx }) => lengthPx >= 2).length,
    isLight: crossings.some((contact) => contact.isLight),
    leftEnd: atoms.reduce((end, { maxX }, i) => (isLeft[i] ? Math.max(end, maxX) : end), -1),
    rightStart: atoms.reduce((start, { minX }, i) => (isLeft[i] ? start : Math.min(start, minX)), Number.POSITIVE_INFINITY),
    against: null,
  };
}

/**
 * A stroke that ends at another's side reaches into it: ink close to a cut is both sides'.
 * @param side LEFT or RIGHT by px of the component; gets SHARED beside
 */
export function shareTips(side: Uint8Array, { width, height, data }: BinaryImage, strokePx: number): void {
  const reach = SHARED_REACH * strokePx;
  const whole = Math.floor(reach);
  const own = side.slice();
  const areApart = (i: number, k: number): boolean => data[k] === 1 && ((own[k] ^ own[i]) & 1) === 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (data[i] === 0) continue;
      if (!((x < width - 1 && areApart(i, i + 1)) || (y < height - 1 && areApart(i, i + width)))) continue;
      for (let v = Math.max(0, y - whole); v <= Math.min(height - 1, y + whole); v++)
        for (let u = Math.max(0, x - whole); u <= Math.min(width - 1, x + whole); u++)
          if (data[v * width + u] === 1 && (u - x) ** 2 + (v - y) ** 2 <= reach * reach) side[v * width + u] |= SHARED;
    }
}

/** The last column with ink of a cut's left side and the first one with some of its right side, shared ink counting for both. */
export function reachOf(side: Uint8Array, { width, data }: BinaryImage): Pick<Cut, "leftReach" | "rightReach"> {
  let [leftReach, rightReach] = [-1, width];
  for (let i = 0, x = 0; i < data.length; i++, x = x === width - 1 ? 0 : x + 1) {
    if (data[i] === 0) continue;
    if (side[i] !== RIGHT && x > leftReach) leftReach = x;
    if (side[i] !== LEFT && x < rightReach) rightReach = x;
  }
  return { leftReach, rightReach };
}

function indexOfBest(atoms: readonly Atom[], of: (atom: Atom) => number): number {
  let best = 0;
  for (let i = 1; i < atoms.length; i++) if (of(atoms[i]) > of(atoms[best])) best = i;
  return best;
}
