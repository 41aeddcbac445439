import type { BinaryImage } from "../image/images.ts";
import { findSeams } from "./find-seams.ts";
import { type Atom, type SplitPiece, splitPiece } from "./split-piece.ts";

/** What a px of a component is to a cut through it. Where two strokes cross or touch the ink is both sides', though it lies on one of them: even on the left. */
export const LEFT = 0;
export const RIGHT = 1;
export const LEFT_SHARED = 2;
export const RIGHT_SHARED = 3;

/** A component parted in two: what lies left of the cut, and what lies right of it. */
export interface Cut {
  /** Atoms on the left side, a bit each. */
  readonly left: bigint;
  /** For each px of the component LEFT, RIGHT, LEFT_SHARED or RIGHT_SHARED. */
  readonly side: Uint8Array;
  /** Length of ink that is cut through, px; half of it counts where a stroke ends at another's side. */
  readonly crossed: number;
  /** Strokes it goes through: one where two characters merely touch, two where it parts a loop. */
  readonly strokes: number;
  /** Columns: the left side's last, the right side's first. */
  readonly leftEnd: number;
  readonly rightStart: number;
}

export interface FindCutsOptions {
  /** Usual stroke width and character height in px. */
  readonly strokePx: number;
  readonly heightPx: number;
  readonly maxCuts: number;
}

export interface CutPiece {
  readonly atoms: readonly Atom[];
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
const SHARED = 0.4;

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

/** Right of all columns. */
const FAR = 32767;

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
  const bits = atoms.map((_, i) => 1n << BigInt(i));
  const all = (1n << BigInt(n)) - 1n;
  const neighbours = atoms.map(() => 0n);
  for (const { a, b } of contacts) {
    neighbours[a] |= bits[b];
    neighbours[b] |= bits[a];
  }
  const hubs = atoms.reduce((set, { area }, i) => (area <= HUB * options.strokePx ** 2 ? set | bits[i] : set), 0n);
  const first = indexOfBest(atoms, ({ minX }) => -minX);
  const last = indexOfBest(atoms, ({ maxX }) => maxX);
  if (first === last) return [];
  const total = atoms.reduce((sum, { area }) => sum + area, 0);
  const least = LEAST * options.strokePx ** 2;
  const found: State[] = [];
  let beam: State[] = [stateOf(bits[first])];
  for (let size = 1; size < n && beam.length > 0; size++) {
    for (const state of beam)
      if (state.area >= least && total - state.area >= least && hangsTogether(all & ~state.left, state.left & hubs)) found.push(state);
    const next = new Map<bigint, State>();
    for (const { left } of beam) {
      for (let i = 0; i < n; i++) {
        if (i === last || left & bits[i] || !(neighbours[i] & reachable(left))) continue;
        const set = left | bits[i];
        if (!next.has(set)) next.set(set, stateOf(set));
      }
    }
    beam = [...next.values()].sort((a, b) => a.cost - b.cost).slice(0, BEAM);
  }
  return found;

  /** Atoms of a set, and hubs beside them: strokes go on across a crossing. */
  function reachable(set: bigint): bigint {
    let more = set;
    for (let i = 0; i < n; i++) if (hubs & bits[i] && neighbours[i] & set) more |= bits[i];
    return more;
  }

  function hangsTogether(set: bigint, through: bigint): boolean {
    const allowed = set | through;
    let seen = set & -set;
    for (let grown = true; grown; ) {
      grown = false;
      for (let i = 0; i < n; i++)
        if (allowed & bits[i] && !(seen & bits[i]) && neighbours[i] & seen) {
          seen |= bits[i];
          grown = true;
        }
    }
    return (set & ~seen) === 0n;
  }

  function stateOf(left: bigint): State {
    let cost = 0;
    for (const contact of contacts) if (Boolean(left & bits[contact.a]) !== Boolean(left & bits[contact.b])) cost += contact.cost;
    return { left, area: areaOf(split, left), cost: cost / options.strokePx + DISORDER * disorder(split, left, options) };
  }
}

/** How far, row by row, the left side reaches beyond the right side's start and one stroke, over stroke width times height. */
function disorder({ atoms }: SplitPiece, left: bigint, { strokePx, heightPx }: FindCutsOptions): number {
  const rows = atoms[0].first.length;
  const ends = new Int16Array(rows).fill(-1);
  const starts = new Int16Array(rows).fill(FAR);
  for (const [i, { first, last }] of atoms.entries()) {
    if ((left >> BigInt(i)) & 1n) {
      for (let y = 0; y < rows; y++) if (last[y] > ends[y]) ends[y] = last[y];
    } else for (let y = 0; y < rows; y++) if (first[y] < starts[y] && last[y] >= 0) starts[y] = first[y];
  }
  let sum = 0;
  for (let y = 0; y < rows; y++) sum += Math.max(0, ends[y] - starts[y] - strokePx);
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
  for (let i = 0; i < labels.length; i++) if (labels[i] >= 0) side[i] = (isLeft[labels[i]] ? 0 : 1) + (isBoth[labels[i]] ? 2 : 0);
  shareTips(side, mask, SHARED * strokePx);
  return {
    left,
    side,
    crossed: crossings.reduce((sum, { cost }) => sum + cost, 0),
    strokes: crossings.filter(({ lengthPx }) => lengthPx >= 2).length,
    leftEnd: atoms.reduce((end, { maxX }, i) => (isLeft[i] ? Math.max(end, maxX) : end), -1),
    rightStart: atoms.reduce((start, { minX }, i) => (isLeft[i] ? start : Math.min(start, minX)), Number.POSITIVE_INFINITY),
  };
}

/** A stroke that ends at another's side reaches into it: ink this close to the cut is both sides'. */
function shareTips(side: Uint8Array, { width, height, data }: BinaryImage, reach: number): void {
  const whole = Math.floor(reach);
  const own = side.slice();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (data[i] === 0) continue;
      const beside = (k: number): boolean => data[k] === 1 && ((own[k] ^ own[i]) & 1) === 1;
      if (!((x < width - 1 && beside(i + 1)) || (y < height - 1 && beside(i + width)))) continue;
      for (let v = Math.max(0, y - whole); v <= Math.min(height - 1, y + whole); v++)
        for (let u = Math.max(0, x - whole); u <= Math.min(width - 1, x + whole); u++)
          if (data[v * width + u] === 1 && (u - x) ** 2 + (v - y) ** 2 <= reach * reach) side[v * width + u] |= 2;
    }
}

function indexOfBest(atoms: readonly Atom[], of: (atom: Atom) => number): number {
  let best = 0;
  for (let i = 1; i < atoms.length; i++) if (of(atoms[i]) > of(atoms[best])) best = i;
  return best;
}
