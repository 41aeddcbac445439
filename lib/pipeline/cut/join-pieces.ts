import type { InkPiece } from "./ink-piece.ts";

/** The ink of both as one glyph. */
export function joinPieces(a: InkPiece, b: InkPiece): InkPiece {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.image.width, b.x + b.image.width) - x;
  const height = Math.max(a.y + a.image.height, b.y + b.image.height) - y;
  const data = new Uint8Array(width * height);
  for (const piece of [a, b]) {
    for (const [i, ink] of piece.image.data.entries()) {
      if (ink === 0) continue;
      const column = i % piece.image.width;
      const row = (i - column) / piece.image.width;
      data[(piece.y - y + row) * width + piece.x - x + column] = 1;
    }
  }
  return { image: { width, height, data }, x, y };
}
