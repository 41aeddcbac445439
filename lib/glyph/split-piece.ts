import type { BinaryImage } from "../image/images.ts";
import type { Seam } from "./find-seams.ts";

/** A bit of a component between seams, which no cut parts any further. */
export interface Atom {
  readonly area: number;
  readonly minX: number;
  readonly maxX: number;
  /** Its first and last column in each row of the component; `minX` above `maxX` where there is none. */
  readonly first: Int16Array;
  readonly last: Int16Array;
}

/** Where two atoms touch, along a seam. */
export interface Contact {
  readonly a: number;
  readonly b: number;
  readonly lengthPx: number;
  /** The length, weighted by whether the seam lies between two notches or goes across a stroke. */
  readonly cost: number;
  /** Whether a light stroke's seam is part of it. */
  readonly isLight: boolean;
}

export interface SplitPiece {
  /** For each px of the component its atom; -1: no ink. */
  readonly labels: Int16Array;
  readonly atoms: readonly Atom[];
  readonly contacts: readonly Contact[];
}

/** A cut from notch to notch parts two strokes, any other one goes through a stroke: what a px of it counts. */
const BETWEEN = 0.5;
const ACROSS = 2;
/** Smaller atoms than this are no bits of a stroke but what is left between crossing seams. */
const MIN_ATOM_PX = 3;

/** Splits a component along all its seams. Ink that a seam's line covers goes to the nearest atom. */
export function splitPiece(mask: BinaryImage, seams: readonly Seam[]): SplitPiece {
  const { width, height, data } = mask;
  /** 0: none; else 1 + the seam's number. */
  const walls = new Int16Array(width * height);
  seams.forEach((seam, i) => {
    drawWall(mask, walls, seam, i + 1);
  });
  const labels = new Int16Array(width * height).fill(-1);
  let count = 0;
  const queue = new Int32Array(width * height);
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || walls[start] !== 0 || labels[start] >= 0) continue;
    const size = flood(start, count);
    if (size >= MIN_ATOM_PX) count++;
    else for (let k = 0; k < size; k++) [labels[queue[k]], walls[queue[k]]] = [-1, seams.length + 1];
  }
  if (count === 0) {
    for (let i = 0; i < data.length; i++) if (data[i] === 1) labels[i] = 0;
    count = 1;
  } else spread(mask, labels, queue);
  return { labels, atoms: measureAtoms(labels, count, mask), contacts: measureContacts(labels, walls, { width, height, seams }) };

  function flood(start: number, label: number): number {
    let tail = 1;
    queue[0] = start;
    labels[start] = label;
    for (let head = 0; head < tail; head++) {
      const i = queue[head];
      const x = i % width;
      for (const next of [x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width])
        if (next >= 0 && next < data.length && data[next] === 1 && walls[next] === 0 && labels[next] < 0) {
          labels[next] = label;
          queue[tail++] = next;
        }
    }
    return tail;
  }
}

/** Draws a line that no path of 4-neighbours gets through. */
function drawWall({ width, height, data }: BinaryImage, walls: Int16Array, { x0, y0, x1, y1 }: Seam, value: number): void {
  const length = Math.hypot(x1 - x0, y1 - y0);
  // A px beyond both ends: outlines are ragged.
  const [ux, uy] = length > 0 ? [(x1 - x0) / length, (y1 - y0) / length] : [0, 0];
  const steps = Math.max(1, Math.ceil(2 * (length + 2)));
  let previous: [number, number] | null = null;
  for (let i = 0; i <= steps; i++) {
    const t = -1 + ((length + 2) * i) / steps;
    const x = Math.round(x0 + ux * t);
    const y = Math.round(y0 + uy * t);
    set(x, y);
    if (previous !== null && previous[0] !== x && previous[1] !== y) set(previous[0], y);
    previous = [x, y];
  }
  function set(x: number, y: number): void {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const i = y * width + x;
    if (data[i] === 1 && walls[i] === 0) walls[i] = value;
  }
}

/** Gives all ink without an atom that of the nearest px that has one, step by step over 8 neighbours. */
function spread({ width, height, data }: BinaryImage, labels: Int16Array, queue: Int32Array): void {
  let tail = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] >= 0) queue[tail++] = i;
  for (let head = 0; head < tail; head++) {
    const i = queue[head];
    const x = i % width;
    const y = (i - x) / width;
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        const next = v * width + u;
        if (data[next] === 1 && labels[next] < 0) {
          labels[next] = labels[i];
          queue[tail++] = next;
        }
      }
  }
}

function measureAtoms(labels: Int16Array, count: number, { width, height }: BinaryImage): Atom[] {
  const atoms = Array.from({ length: count }, () => ({
    area: 0,
    minX: width,
    maxX: -1,
    first: new Int16Array(height).fill(width),
    last: new Int16Array(height).fill(-1),
  }));
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (labels[i] < 0) continue;
      const atom = atoms[labels[i]];
      atom.area++;
      if (x < atom.minX) atom.minX = x;
      if (x > atom.maxX) atom.maxX = x;
      if (x < atom.first[y]) atom.first[y] = x;
      if (x > atom.last[y]) atom.last[y] = x;
    }
  }
  return atoms;
}

function measureContacts(
  labels: Int16Array,
  walls: Int16Array,
  { width, height, seams }: { width: number; height: number; seams: readonly Seam[] },
): Contact[] {
  const found = new Map<number, { a: number; b: number; lengthPx: number; cost: number; isLight: boolean }>();
  const meet = (i: number, k: number): void => {
    const [a, b] = labels[i] < labels[k] ? [labels[i], labels[k]] : [labels[k], labels[i]];
    if (a < 0 || a === b) return;
    const key = a * 4096 + b;
    const contact = found.get(key) ?? { a, b, lengthPx: 0, cost: 0, isLight: false };
    const between = [walls[i], walls[k]].flatMap((wall) => seams[wall - 1] ?? []);
    const isBetween = between.some((seam) => seam.isBetween);
    if (between.some((seam) => seam.isLight)) contact.isLight = true;
    contact.lengthPx++;
    contact.cost += isBetween ? BETWEEN : ACROSS;
    found.set(key, contact);
  };
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (x < width - 1) meet(i, i + 1);
      if (y < height - 1) meet(i, i + width);
    }
  return [...found.values()];
}
