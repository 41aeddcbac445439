import type { Box } from "../core/geometry.ts";
import type { BinaryImage } from "../image/images.ts";
import { HIDDEN_BY_TEXT } from "./subtract-lines.ts";

/** A stroke is taken to go on under a printed character over at most this: 1.2 mm. */
const WIDEST_PX = 14;
const DIRECTIONS = [
  [1, 0],
  [2, 1],
  [1, 1],
  [1, 2],
  [0, 1],
  [-1, 2],
  [-1, 1],
  [-2, 1],
] as const;

/**
 * Puts back what printed texts hide of the strokes that go on at both sides of them, in any direction.
 * @param ink changed in place
 */
export function bridgeText(ink: BinaryImage, hidden: Uint8Array, texts: readonly Box[]): void {
  const { width, height } = ink;
  const found: number[] = [];
  for (const [x, y, w, h] of texts) {
    const [right, bottom] = [Math.min(width, Math.ceil(x + w) + 3), Math.min(height, Math.ceil(y + h) + 3)];
    for (let row = Math.max(0, Math.floor(y) - 3); row < bottom; row++) {
      for (let column = Math.max(0, Math.floor(x) - 3); column < right; column++) {
        const at = row * width + column;
        if ((hidden[at] & HIDDEN_BY_TEXT) !== 0 && ink.data[at] === 0 && isBridged(ink, hidden, column, row)) found.push(at);
      }
    }
  }
  for (const at of found) ink.data[at] = 1;
}

function isBridged(ink: BinaryImage, hidden: Uint8Array, x: number, y: number): boolean {
  for (const [dx, dy] of DIRECTIONS) {
    const length = Math.hypot(dx, dy);
    const ahead = reach(ink, hidden, { x, y, dx, dy });
    if (ahead === null) continue;
    const behind = reach(ink, hidden, { x, y, dx: -dx, dy: -dy });
    if (behind !== null && (ahead + behind) * length <= WIDEST_PX) return true;
  }
  return false;
}

/** Steps to the first px that no text hides, null where that is no ink. */
function reach(ink: BinaryImage, hidden: Uint8Array, from: { x: number; y: number; dx: number; dy: number }): number | null {
  for (let n = 1; n <= WIDEST_PX; n++) {
    const [x, y] = [from.x + n * from.dx, from.y + n * from.dy];
    if (x < 0 || y < 0 || x >= ink.width || y >= ink.height) return null;
    const at = y * ink.width + x;
    if ((hidden[at] & HIDDEN_BY_TEXT) === 0) return ink.data[at] === 1 ? n : null;
  }
  return null;
}
