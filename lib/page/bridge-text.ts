import type { Box } from "../core/geometry.ts";
import type { InkRoom } from "./restore-strokes.ts";
import { HIDDEN_BY_TEXT } from "./subtract-lines.ts";

/** A stroke is taken to go on under a printed character over at most this: 1.2 mm. */
export const WIDEST_PX = 14;
/** Steps, with the most of them, ahead and behind together, that are no farther than `WIDEST_PX`. */
export const DIRECTIONS = (
  [
    [1, 0],
    [2, 1],
    [1, 1],
    [1, 2],
    [0, 1],
    [-1, 2],
    [-1, 1],
    [-2, 1],
  ] as const
).map(([dx, dy]) => ({ dx, dy, most: Math.floor(WIDEST_PX / Math.hypot(dx, dy)) }));

/** Px around a text that it may hide too. */
const AROUND_PX = 3;

/** Scratch memory that `bridgeText` needs: bytes, no less. */
export function bridgeScratch(texts: readonly Box[]): number {
  return 4 * Math.max(0, ...texts.map(([, , w, h]) => (w + 2 * AROUND_PX + 2) * (h + 2 * AROUND_PX + 2))) + 16 * DIRECTIONS.length + 256;
}

/**
 * Puts back what printed texts hide of the strokes that go on at both sides of them, in any direction. The plain way is
 * `bridge-text.reference.ts`; a test holds the two equal.
 */
export function bridgeText(room: InkRoom, texts: readonly Box[]): void {
  const { kernels, bytes, width, height, ink, hidden, scratch } = room;
  const found: number[] = [];
  const ways = (scratch + 15) & ~15;
  const list = ways + 16 * DIRECTIONS.length;
  new Int32Array(bytes.buffer, ways, 4 * DIRECTIONS.length).set(DIRECTIONS.flatMap(({ dx, dy, most }) => [dx, dy, most, 0]));
  const hasInk = (x0: number, y0: number, x1: number, y1: number): boolean =>
    kernels.hasInk(ink, width, Math.max(0, x0), Math.max(0, y0), Math.min(width, x1), Math.min(height, y1)) !== 0;
  for (const [x, y, w, h] of texts) {
    const right = Math.min(width, Math.ceil(x + w) + AROUND_PX);
    const bottom = Math.min(height, Math.ceil(y + h) + AROUND_PX);
    const left = Math.max(0, Math.floor(x) - AROUND_PX);
    const top = Math.max(0, Math.floor(y) - AROUND_PX);
    // Of two sides of a px one is not below it, one not above, and so on: most prompts have writing on one side alone, and nothing to bridge.
    const [x0, y0, x1, y1] = [left - WIDEST_PX, top - WIDEST_PX, right + WIDEST_PX, bottom + WIDEST_PX];
    if (!hasInk(x0, y0, x1, bottom) || !hasInk(x0, top, x1, y1)) continue;
    if (!hasInk(x0, y0, right, y1) || !hasInk(left, y0, x1, y1)) continue;
    // biome-ignore format: 12 numbers
    const n = kernels.bridgedPx(ink, hidden, width, height, left, top, right, bottom, HIDDEN_BY_TEXT, ways, DIRECTIONS.length, list);
    found.push(...new Int32Array(bytes.buffer, list, n));
  }
  // One text's bridges are no ink beside another's.
  for (const at of found) bytes[ink + at] = 1;
}
