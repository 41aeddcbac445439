import type { BinaryImage } from "../image/images.ts";
import type { Lattice, Piece } from "./build-lattice.ts";

/** A character's ink and its place in the field. */
export interface Cutout {
  readonly image: BinaryImage;
  readonly x: number;
  readonly y: number;
}

const DOTTED = new Set(["i", "j"]);
/** A dot that the scan thinned: its least area over the stroke's width squared, and its longest side over the width. */
const LEAST = 0.2;
const LONGEST = 1.6;
/** How far above its letter a dot lies at most, and how far from its middle in x, over the usual height. */
const ABOVE = 0.7;
const ASIDE = 0.45;

/**
 * Gives letters that have a dot one that is too small to be told from dirt by itself: the nearest above it, where it has no second piece yet.
 * @param letters what each cutout stands for
 */
export function addDots(
  cutouts: readonly Cutout[],
  letters: readonly (string | null)[],
  { specks, strokePx, heightPx }: Lattice,
): Cutout[] {
  const isDot = ({ area, box }: Piece): boolean => area >= LEAST * strokePx * strokePx && Math.max(box[2], box[3]) <= LONGEST * strokePx;
  const dots = specks.filter(isDot);
  const taken = new Set<Piece>();
  return cutouts.map((cutout, i) => {
    const letter = letters[i];
    if (!lacksDot(cutout, letter)) return cutout;
    const [x, y] = topOf(cutout);
    const near = dots
      .filter((dot) => !taken.has(dot))
      .map((dot) => ({ dot, above: y - (dot.box[1] + dot.box[3]), aside: Math.abs(dot.box[0] + dot.box[2] / 2 - x) }))
      .filter(({ above, aside }) => above >= 0 && above <= ABOVE * heightPx && aside <= ASIDE * heightPx)
      .sort((a, b) => a.above + a.aside - b.above - b.aside)[0];
    if (near === undefined) return cutout;
    taken.add(near.dot);
    return join(cutout, near.dot);
  });
}

/** Whether a letter is written with a dot over it. */
export function hasDot(letter: string | null): boolean {
  return letter !== null && DOTTED.has(letter);
}

/** Whether it is of a letter with a dot and all in one piece: its dot may lie on a printed line, which then took it away, or have gone with the specks. */
export function lacksDot({ image }: Pick<Cutout, "image">, letter: string | null): boolean {
  return hasDot(letter) && !hasGap(image);
}

/** Whether a row between its first and its last has no ink: it has its dot. */
function hasGap({ width, height, data }: BinaryImage): boolean {
  for (let y = 0; y < height; y++) if (!data.subarray(y * width, (y + 1) * width).includes(1)) return true;
  return false;
}

/** The middle of its first row's ink. */
function topOf({ image: { width, data }, x, y }: Cutout): [number, number] {
  const row = data.subarray(0, width);
  return [x + (row.indexOf(1) + row.lastIndexOf(1)) / 2 + 0.5, y];
}

function join({ image, x, y }: Cutout, { box, mask }: Piece): Cutout {
  const left = Math.min(x, box[0]);
  const top = Math.min(y, box[1]);
  const width = Math.max(x + image.width, box[0] + box[2]) - left;
  const height = Math.max(y + image.height, box[1] + box[3]) - top;
  const data = new Uint8Array(width * height);
  for (const part of [
    { image, x, y },
    { image: mask, x: box[0], y: box[1] },
  ])
    for (let v = 0; v < part.image.height; v++)
      for (let u = 0; u < part.image.width; u++)
        if (part.image.data[v * part.image.width + u] === 1) data[(part.y + v - top) * width + part.x + u - left] = 1;
  return { image: { width, height, data }, x: left, y: top };
}
