import type { Box } from "../core/geometry.ts";
import { drawComponents } from "../image/draw-components.ts";
import type { BinaryImage } from "../image/images.ts";
import { areNear } from "../image/near-components.ts";
import { findRunComponents } from "../image/run-components.ts";
import { type Cutout, hasDot } from "./add-dots.ts";

/** Ink nearer than this to a character is its own, where a pen skips, or the bar of a 5; over the usual height, 0.5 mm. */
const OWN = 0.1;
/** A character this near to a piece may be whose it is; over the usual height, 1 mm. */
const PERHAPS = 0.2;
/** Ink that is no longer than this many stroke widths may be dirt, if no character has it. */
const DIRT = 2;

/** Ink of a character that stands apart from the rest of it. */
export interface LooseInk {
  /** The character without it. */
  readonly without: BinaryImage;
  /** Of each such piece, in px of the field. */
  readonly boxes: readonly Box[];
}

/** What stands apart in a character: dirt, a dot or a stroke of its neighbour, or its own. The dot of an i or j does not count. Null where nothing does. */
export function findLoose({ image, x, y }: Cutout, letter: string | null, heightPx: number): LooseInk | null {
  const found = findRunComponents(image);
  if (found.components.length < 2) return null;
  const main = found.components.reduce((most, component) => (component.area > most.area ? component : most));
  const dot = hasDot(letter) ? found.components.find(({ box }) => box[1] + box[3] <= main.box[1]) : undefined;
  const own = [main.label, ...(dot ? [dot.label] : [])];
  for (let k = 0; k < own.length; k++)
    for (const { label } of found.components) if (!own.includes(label) && areNear(found, [own[k], label], OWN * heightPx)) own.push(label);
  const loose = found.components.filter(({ label }) => !own.includes(label));
  if (loose.length === 0) return null;
  return {
    without: drawComponents(found, own).image,
    boxes: loose.map(({ box: [left, top, width, height] }): Box => [x + left, y + top, width, height]),
  };
}

/**
 * Which characters may lack a piece or have one too many.
 * @param loose of each character what stands apart in it and is not surely its own
 * @param dropped ink that no character has, in px of the field
 */
export function doubtLoose(
  cutouts: readonly Cutout[],
  {
    loose,
    dropped,
    strokePx,
    heightPx,
  }: { loose: readonly (LooseInk | null)[]; dropped: readonly Box[]; strokePx: number; heightPx: number },
): boolean[] {
  const strokes = dropped.filter(([, , width, height]) => Math.max(width, height) > DIRT * strokePx);
  return cutouts.map((cutout, i) => {
    const others = [i - 1, i + 1].flatMap((k) => loose[k]?.boxes ?? []);
    return (loose[i] ?? null) !== null || [...others, ...strokes].some((box) => isBeside(cutout, box, PERHAPS * heightPx));
  });
}

function isBeside({ image, x, y }: Cutout, [left, top, width, height]: Box, reach: number): boolean {
  const [aside, above] = [Math.max(left - x - image.width, x - left - width), Math.max(top - y - image.height, y - top - height)];
  return aside <= reach && above <= reach;
}
