import type { Box } from "../core/geometry.ts";
import type { BinaryImage } from "../image/images.ts";
import { DIRECTIONS, WIDEST_PX } from "./bridge-text.ts";
import { HIDDEN_BY_TEXT } from "./subtract-lines.ts";

/**
 * `bridgeText` px by px, in JavaScript: slow, for tests. Puts back what printed texts hide of the strokes that go on at both sides of them, in any direction.
 * @param ink changed in place
 */
export function bridgeTextReference(ink: BinaryImage, hidden: Uint8Array, texts: readonly Box[]): void {
  const { width, height } = ink;
  const found: number[] = [];
  for (const [x, y, w, h] of texts) {
    const right = Math.min(width, Math.ceil(x + w) + 3) | 0;
    const bottom = Math.min(height, Math.ceil(y + h) + 3) | 0;
    const left = Math.max(0, Math.floor(x) - 3) | 0;
    const top = Math.max(0, Math.floor(y) - 3) | 0;
    // Of two sides of a px one is not below it, one not above, and so on: most prompts have writing on one side alone, and nothing to bridge.
    const [x0, y0, x1, y1] = [left - WIDEST_PX, top - WIDEST_PX, right + WIDEST_PX, bottom + WIDEST_PX];
    if (!hasInk(ink, x0, y0, x1, bottom) || !hasInk(ink, x0, top, x1, y1)) continue;
    if (!hasInk(ink, x0, y0, right, y1) || !hasInk(ink, left, y0, x1, y1)) continue;
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const at = row * width + column;
        if ((hidden[at] & HIDDEN_BY_TEXT) !== 0 && ink.data[at] === 0 && isBridged(ink, hidden, column, row)) found.push(at);
      }
    }
  }
  for (const at of found) ink.data[at] = 1;
}

/** Whether there is ink in the columns x0 <= x < x1 of the rows y0 <= y < y1. */
function hasInk({ width, height, data }: BinaryImage, x0: number, y0: number, x1: number, y1: number): boolean {
  const [left, right] = [Math.max(0, x0), Math.min(width, x1)];
  for (let y = Math.max(0, y0), end = Math.min(height, y1); y < end; y++) {
    if (data.subarray(y * width + left, y * width + right).includes(1)) return true;
  }
  return false;
}

function isBridged(ink: BinaryImage, hidden: Uint8Array, x: number, y: number): boolean {
  for (let d = 0; d < DIRECTIONS.length; d++) {
    const { dx, dy, most } = DIRECTIONS[d];
    // At least one step is left for the other side.
    const ahead = reach(ink, hidden, x, y, dx, dy, most - 1);
    if (ahead > 0 && reach(ink, hidden, x, y, -dx, -dy, most - ahead) > 0) return true;
  }
  return false;
}

/** Steps to the first px that no text hides; 0 where that is no ink, or farther than `most` steps. */
function reach(
  { width, height, data }: BinaryImage,
  hidden: Uint8Array,
  x: number,
  y: number,
  dx: number,
  dy: number,
  most: number,
): number {
  // As many steps as stay in the picture.
  const inX = dx > 0 ? (width - 1 - x) / dx : dx < 0 ? -x / dx : most;
  const inY = dy > 0 ? (height - 1 - y) / dy : dy < 0 ? -y / dy : most;
  const last = Math.min(most, Math.floor(inX), Math.floor(inY)) | 0;
  const step = dy * width + dx;
  for (let n = 1, at = y * width + x + step; n <= last; n++, at += step) {
    if ((hidden[at] & HIDDEN_BY_TEXT) === 0) return data[at] === 1 ? n : 0;
  }
  return 0;
}
