import { findComponents } from "../image/connected-components.ts";
import type { BinaryImage } from "../image/images.ts";

/** A bit this small beside its character's main part, and touching another character's, is the other's. */
const MINOR = 0.25;

/**
 * A cut along a path may leave a bit of one character on the other's side. Each character's loose bits that touch another
 * character go to that one; the characters are then cut out, tight.
 * @param owners for each px of `ink` the number of its character (from 1), 0 for none
 */
export function tidyCuts(ink: BinaryImage, owners: Int32Array, count: number): { image: BinaryImage; x: number; y: number }[] {
  const { width, height } = ink;
  const settled = owners.slice();
  for (let character = 1; character <= count; character++) {
    const { labels, components } = findComponents({ width, height, data: Uint8Array.from(owners, (owner) => (owner === character ? 1 : 0)) });
    if (components.length < 2) continue;
    const largest = Math.max(...components.map(({ area }) => area));
    for (const { label, area, box } of components) {
      if (area > MINOR * largest) continue;
      const other = touching(owners, labels, label, { box, width, height, character });
      if (other === 0) continue;
      for (let y = box[1]; y < box[1] + box[3]; y++) {
        for (let x = box[0]; x < box[0] + box[2]; x++) if (labels[y * width + x] === label) settled[y * width + x] = other;
      }
    }
  }
  return Array.from({ length: count }, (_, i) => cutOut(settled, width, height, i + 1));
}

/** The other character that a loose bit touches; 0 where it touches none. */
function touching(owners: Int32Array, labels: Int32Array, label: number, at: { box: readonly [number, number, number, number]; width: number; height: number; character: number }): number {
  const [left, top, w, h] = at.box;
  for (let y = top; y < top + h; y++) {
    for (let x = left; x < left + w; x++) {
      if (labels[y * at.width + x] !== label) continue;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(at.height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(at.width - 1, x + 1); nx++) {
          const owner = owners[ny * at.width + nx];
          if (owner !== 0 && owner !== at.character) return owner;
        }
      }
    }
  }
  return 0;
}

function cutOut(owners: Int32Array, width: number, height: number, character: number): { image: BinaryImage; x: number; y: number } {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (owners[y * width + x] !== character) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  const w = right - left + 1;
  const h = bottom - top + 1;
  const data = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) data[y * w + x] = owners[(top + y) * width + left + x] === character ? 1 : 0;
  return { image: { width: w, height: h, data }, x: left, y: top };
}
