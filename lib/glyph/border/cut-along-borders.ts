import type { Box } from "../../core/geometry.ts";
import type { BinaryImage } from "../../image/images.ts";
import { type Cut, type CutPiece, reachOf, shareTips } from "../find-cuts.ts";
import { type Border, findBorders } from "./find-borders.ts";
import { measureBorders } from "./measure-borders.ts";
import { sampleCells } from "./sample-cells.ts";

export interface CutAlongBordersOptions {
  /** The field's ink, and the component's box in it: the network sees what lies about it. */
  readonly ink: BinaryImage;
  readonly box: Box;
  /** Usual stroke width and character height in px. */
  readonly strokePx: number;
  readonly heightPx: number;
}

/** So many cuts for each character that a component may hold by its width. */
const CUTS = 6;
const CHARACTER = 0.5;

/** Proposes where touching characters may be parted: along the borders that a network finds likeliest, those with the least ink on their left side first. */
export function cutAlongBorders(mask: BinaryImage, { ink, box, strokePx, heightPx }: CutAlongBordersOptions): CutPiece {
  const cells = sampleCells(ink, box, heightPx);
  const borders = findBorders(mask, measureBorders(cells), {
    ...cells,
    strokePx,
    heightPx,
    maxBorders: Math.ceil((CUTS * mask.width) / (CHARACTER * heightPx)),
  });
  borders.sort((a, b) => a.area - b.area);
  const sides = borders.map(({ at }) => sideOf(mask, at));
  const bits = splitByAll(mask, sides);
  const cuts = borders.map(({ cost }, k): Cut => {
    let left = 0n;
    let leftEnd = -1;
    let rightStart = mask.width;
    bits.forEach(({ px, minX, maxX }, i) => {
      if (sides[k][px] === 0) {
        left |= 1n << BigInt(i);
        leftEnd = Math.max(leftEnd, maxX);
      } else rightStart = Math.min(rightStart, minX);
    });
    const side = sides[k].slice();
    shareTips(side, mask, strokePx);
    return { left, side, ...reachOf(side, mask), crossed: 0, strokes: 0, isLight: false, leftEnd, rightStart, against: cost };
  });
  return { atoms: bits, cuts };
}

/** For each px whether it lies left (0) or right (1) of a border; 0 for paper. */
function sideOf({ width, height, data }: BinaryImage, at: Border["at"]): Uint8Array {
  const side = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) for (let x = at[y]; x < width; x++) side[y * width + x] = data[y * width + x];
  return side;
}

/** The bits of a component that no cut parts: px on the same side of all. With one px each. */
function splitByAll({ width, data }: BinaryImage, sides: readonly Uint8Array[]): { px: number; minX: number; maxX: number }[] {
  const names = new Int32Array(data.length);
  for (const side of sides) {
    const next = new Map<number, number>();
    for (let i = 0; i < data.length; i++) {
      if (data[i] === 0) continue;
      const key = 2 * names[i] + side[i];
      if (!next.has(key)) next.set(key, next.size);
      names[i] = next.get(key)!;
    }
  }
  const bits: { px: number; minX: number; maxX: number }[] = [];
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0) continue;
    const x = i % width;
    bits[names[i]] ??= { px: i, minX: x, maxX: x };
    const bit = bits[names[i]];
    bit.minX = Math.min(bit.minX, x);
    bit.maxX = Math.max(bit.maxX, x);
  }
  return bits;
}
