import type { Box } from "../core/geometry.ts";
import { findComponents } from "../image/connected-components.ts";
import type { BinaryImage } from "../image/images.ts";

/** A bit this small beside its character's main part, and touching another character's, is the other's. */
const MINOR = 0.25;

/**
 * A cut along a path may leave a bit of one character on the other's side. Each character's loose bits that touch another
 * character go to that one; the characters are then cut out, tight.
 * @param owners for each px of `ink` the number of its character (from 1), 0 for none
 * @param shared for each character px of others that are its too
 */
export function tidyCuts(
  ink: BinaryImage,
  owners: Int32Array,
  shared: readonly (readonly number[])[],
): { image: BinaryImage; x: number; y: number }[] {
  const { width, height } = ink;
  const count = shared.length;
  const settled = owners.slice();
  const before = boxesOf(owners, width, count);
  before.forEach((area, i) => {
    const character = i + 1;
    const [left, top, w, h] = area;
    const mask = new Uint8Array(w * h);
    for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) mask[y * w + x] = owners[(top + y) * width + left + x] === character ? 1 : 0;
    const { labels, components } = findComponents({ width: w, height: h, data: mask });
    if (components.length < 2) return;
    const largest = Math.max(...components.map((component) => component.area));
    for (const { label, area: size } of components) {
      if (size > MINOR * largest) continue;
      const pixels: number[] = [];
      labels.forEach((value, k) => {
        if (value === label) pixels.push((top + Math.floor(k / w)) * width + left + (k % w));
      });
      const other = touching(owners, pixels, { width, height, character });
      if (other !== 0) for (const px of pixels) settled[px] = other;
    }
  });
  return boxesOf(settled, width, count).map((box, i) => cutOut(settled, box, { width, character: i + 1, shared: shared[i] }));
}

/** The other character that a loose bit touches; 0 where it touches none. */
function touching(owners: Int32Array, pixels: readonly number[], at: { width: number; height: number; character: number }): number {
  for (const px of pixels) {
    const x = px % at.width;
    const y = (px - x) / at.width;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(at.height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(at.width - 1, x + 1); nx++) {
        const owner = owners[ny * at.width + nx];
        if (owner !== 0 && owner !== at.character) return owner;
      }
    }
  }
  return 0;
}

function boxesOf(owners: Int32Array, width: number, count: number): Box[] {
  const left = new Int32Array(count + 1).fill(width);
  const right = new Int32Array(count + 1).fill(-1);
  const top = new Int32Array(count + 1).fill(-1);
  const bottom = new Int32Array(count + 1);
  for (let i = 0, y = 0; i < owners.length; y++) {
    for (let x = 0; x < width; x++, i++) {
      const owner = owners[i];
      if (owner === 0) continue;
      if (top[owner] < 0) top[owner] = y;
      bottom[owner] = y;
      if (x < left[owner]) left[owner] = x;
      if (x > right[owner]) right[owner] = x;
    }
  }
  return Array.from(
    { length: count },
    (_, k): Box => [left[k + 1], top[k + 1], right[k + 1] - left[k + 1] + 1, bottom[k + 1] - top[k + 1] + 1],
  );
}

function cutOut(
  owners: Int32Array,
  box: Box,
  { width, character, shared }: { width: number; character: number; shared: readonly number[] },
): { image: BinaryImage; x: number; y: number } {
  const places = shared.map((px): [number, number] => [px % width, Math.floor(px / width)]);
  const left = places.reduce((least, [x]) => Math.min(least, x), box[0]);
  const top = places.reduce((least, [, y]) => Math.min(least, y), box[1]);
  const w = places.reduce((most, [x]) => Math.max(most, x + 1), box[0] + box[2]) - left;
  const h = places.reduce((most, [, y]) => Math.max(most, y + 1), box[1] + box[3]) - top;
  const data = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) data[y * w + x] = owners[(top + y) * width + left + x] === character ? 1 : 0;
  for (const [x, y] of places) data[(y - top) * w + x - left] = 1;
  return { image: { width: w, height: h, data }, x: left, y: top };
}
