import type { BinaryImage } from "../../lib/image/images.ts";
import type { Outline } from "./load-letters.ts";

/** What an outline in px winds around, at the px' centres, spread by a round pen of `spreadPx`. */
export function fillOutline(outline: Outline, width: number, height: number, spreadPx: number): BinaryImage {
  const filled = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const turns: { x: number; by: number }[] = [];
    for (const line of outline)
      line.forEach((from, i) => {
        const to = line[(i + 1) % line.length]!;
        const middle = y + 0.5;
        if (from.y <= middle === to.y <= middle) return;
        turns.push({ x: from.x + ((middle - from.y) / (to.y - from.y)) * (to.x - from.x), by: to.y > from.y ? 1 : -1 });
      });
    turns.sort((a, b) => a.x - b.x);
    let winding = 0;
    turns.forEach(({ x, by }, i) => {
      winding += by;
      if (winding === 0) return;
      const end = Math.min(width, Math.ceil(turns[i + 1]!.x - 0.5));
      for (let at = Math.max(0, Math.ceil(x - 0.5)); at < end; at++) filled[y * width + at] = 1;
    });
  }
  return { width, height, data: spreadPx > 0 ? spread(filled, width, height, spreadPx) : filled };
}

function spread(filled: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const data = new Uint8Array(filled.length);
  const reach = Math.floor(radius);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (filled[y * width + x] === 0) continue;
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++) {
          const [u, v] = [x + dx, y + dy];
          if (dx * dx + dy * dy <= radius * radius && u >= 0 && v >= 0 && u < width && v < height) data[v * width + u] = 1;
        }
    }
  return data;
}
