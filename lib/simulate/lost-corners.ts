import type { Rng } from "../core/rng.ts";
import type { LostCorner } from "./scene.ts";
import type { Raster } from "./soften-page.ts";

/** How far inside what is left of a page a place (page px) lies, in px; the page's own edges don't count. */
export type Remains = (u: number, v: number) => number;

/**
 * Takes corners off a page: a torn one with a ragged edge, a folded one with its flap (the back of the paper, a fold's shadow beside it)
 * drawn on the page. @returns a new raster where a flap is drawn, and what is left; `null` for a whole page.
 */
export function loseCorners(
  page: Raster,
  pxPerMm: readonly [number, number],
  corners: readonly LostCorner[],
  rng: Rng,
): { page: Raster; remains: Remains | null } {
  if (corners.length === 0) return { page, remains: null };
  const shown = { ...page, data: page.data.slice() };
  const cuts = corners.map((lost): Remains => {
    const right = lost.corner === "topRight" || lost.corner === "bottomRight";
    const foot = lost.corner === "bottomLeft" || lost.corner === "bottomRight";
    const [a, b] = [lost.sizeMm[0] * pxPerMm[0], lost.sizeMm[1] * pxPerMm[1]];
    // From the corner inwards: the cut is the line x / a + y / b = 1.
    const length = Math.hypot(1 / a, 1 / b);
    const distance = (u: number, v: number): number => ((right ? page.width - u : u) / a + (foot ? page.height - v : v) / b - 1) / length;
    if (lost.how === "folded") {
      drawFlap(shown, { distance, cornerX: right ? page.width : 0, cornerY: foot ? page.height : 0, a, b, pxPerMm: pxPerMm[0] });
      return distance;
    }
    const waves = Array.from({ length: 5 }, (_, i) => ({
      k: 2 ** i * rng.between(0.25, 0.4),
      phase: rng.between(0, 6.3),
      gain: 0.6 / 1.7 ** i,
    }));
    return (u, v) => {
      const straight = distance(u, v);
      if (Math.abs(straight) > 3 * pxPerMm[0]) return straight;
      const along = (u - v) / pxPerMm[0];
      return straight + pxPerMm[0] * waves.reduce((sum, { k, phase, gain }) => sum + gain * Math.sin(k * along + phase), 0);
    };
  });
  return { page: shown, remains: (u, v) => Math.min(...cuts.map((cut) => cut(u, v))) };
}

/** Draws the corner's triangle mirrored in the crease: paper's back, and 2 mm of shadow around it. */
function drawFlap(
  page: Raster,
  fold: { distance: Remains; cornerX: number; cornerY: number; a: number; b: number; pxPerMm: number },
): void {
  const { distance, cornerX, cornerY, a, b, pxPerMm } = fold;
  const reach = 2 * Math.max(a, b) + 4 * pxPerMm;
  const at = distance(cornerX, cornerY);
  const gradX = distance(cornerX + 1, cornerY) - at;
  const gradY = distance(cornerX, cornerY + 1) - at;
  for (let y = Math.max(0, Math.floor(cornerY - reach)); y < Math.min(page.height, cornerY + reach); y++) {
    for (let x = Math.max(0, Math.floor(cornerX - reach)); x < Math.min(page.width, cornerX + reach); x++) {
      const d = distance(x + 0.5, y + 0.5);
      if (d < 0) continue;
      // Mirrored in the crease the place must lie on the corner's triangle.
      const mx = x + 0.5 - 2 * d * gradX;
      const my = y + 0.5 - 2 * d * gradY;
      const inside = Math.min(cornerX > 0 ? page.width - mx : mx, cornerY > 0 ? page.height - my : my);
      const shade = Math.min(1, Math.max(0, 1 + inside / (2 * pxPerMm)));
      for (let c = 0, k = (y * page.width + x) * page.channels; c < page.channels; c++, k++) {
        if (inside >= 0) page.data[k] = 240;
        else if (shade > 0) page.data[k] *= 1 - 0.35 * shade;
      }
    }
  }
}
