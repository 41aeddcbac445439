import type { BinaryImage } from "../image/images.ts";
import { middleReference } from "./line-profiles.reference.ts";
import type { ProfiledLine } from "./line-profiles.ts";
import type { LocatedLine } from "./locate-lines.ts";
import { axesOf, spanOf } from "./print-room.ts";

/** What the kernel `lineStrokes` finds at one place along a line. */
export interface StrokesAt {
  readonly top: number;
  readonly bottom: number;
  readonly up: number;
  readonly down: number;
}

/** The kernel `lineStrokes` place by place: slow, for tests. */
export function lineStrokesReference(
  ink: BinaryImage,
  hidden: Uint8Array,
  { located, knots }: Pick<ProfiledLine, "located" | "knots">,
  { bit, other, longest }: { bit: number; other: number; longest: number },
): StrokesAt[] {
  const axes = axesOf(ink, located);
  const { start, end } = spanOf(located, axes);
  return Array.from({ length: end - start }, (_, n) => {
    const at = (k: number): number => (start + n) * axes.along + k * axes.across;
    const isHidden = (k: number): boolean => (hidden[at(k)] & bit) !== 0;
    const middle = Math.min(axes.depth - 1, Math.max(0, Math.floor(middleReference(knots, start + n + 0.5))));
    let [top, bottom] = [middle, middle];
    if (isHidden(middle)) {
      while (top > 0 && isHidden(top - 1)) top--;
      while (bottom < axes.depth && isHidden(bottom)) bottom++;
    }
    const follow = (first: number, step: 1 | -1): number => {
      let length = 0;
      for (let k = first; k >= 0 && k < axes.depth && length < longest && ink.data[at(k)] !== 0 && (hidden[at(k)] & other) === 0; k += step)
        length++;
      return length;
    };
    return { top, bottom, up: follow(top - 1, -1), down: follow(bottom, 1) };
  });
}

/** The kernel `markBand` place by place: slow, for tests. @param band changed in place */
export function markBandReference(
  band: Uint8Array,
  size: { width: number; height: number },
  located: LocatedLine,
  { knots, half }: { knots: ProfiledLine["knots"]; half: number },
): void {
  const axes = axesOf(size, located);
  for (let i = Math.max(0, Math.floor(located.from - half)); i < Math.min(axes.length, Math.ceil(located.to + half)); i++) {
    const middle = middleReference(knots, i + 0.5);
    for (let k = Math.max(0, Math.round(middle - half)); k < Math.min(axes.depth, Math.round(middle + half)); k++) {
      band[i * axes.along + k * axes.across] = 1;
    }
  }
}
