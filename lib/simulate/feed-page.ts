import type { Point } from "../core/geometry.ts";
import type { Rng } from "../core/rng.ts";
import type { Scanner } from "./scanners.ts";

/** A feeder's uneven way, in scan px: from where a place would be on an even one to where it is, and back for each row. */
export interface Feed {
  readonly forward: (p: Point) => Point;
  readonly rows: { readonly y: Float64Array; readonly shiftX: Float64Array };
}

/**
 * Draws the way of one page through a feeder: speed that swings (rollers out of round), slips (a smooth step over four times its length,
 * so that time never runs back) and a bow sideways. @returns null where the scanner has none of these.
 */
export function buildFeed(scanner: Scanner, scan: { heightPx: number; pxPerMm: number }, rng: Rng): Feed | null {
  if (!scanner.speedWave && !scanner.slips && !scanner.bowMm) return null;
  const draw = (range: readonly [number, number]): number => rng.between(range[0], range[1]);
  const { heightPx, pxPerMm } = scan;
  const period = (scanner.speedWave ? draw(scanner.speedWave.periodMm) : 100) * pxPerMm;
  const share = scanner.speedWave ? draw(scanner.speedWave.share) : 0;
  const phase = rng.between(0, 2 * Math.PI);
  const slips = Array.from({ length: scanner.slips ? Math.round(draw(scanner.slips.count)) : 0 }, () => ({
    at: heightPx * rng.between(0.05, 0.95),
    px: (scanner.slips ? draw(scanner.slips.mm) : 0) * pxPerMm * (rng.float() < 0.5 ? 1 : -1),
  }));
  const bow = (scanner.bowMm ? draw(scanner.bowMm) : 0) * pxPerMm * (rng.float() < 0.5 ? 1 : -1);

  // The speed is 1 + share cos(k y): the way's deviation is its integral.
  const k = (2 * Math.PI) / period;
  const way = (y: number): number => {
    let moved = y + (share / k) * Math.sin(k * y + phase);
    for (const { at, px } of slips) {
      const t = Math.min(1, Math.max(0, (y - at) / (4 * Math.abs(px)) + 0.5));
      moved += px * (t * t * (3 - 2 * t) - 0.5);
    }
    return moved;
  };
  const sideways = (y: number): number => bow * (1 - ((2 * y) / heightPx - 1) ** 2);

  const y = new Float64Array(heightPx);
  const shiftX = new Float64Array(heightPx);
  const slack = 0.02 * heightPx + 40;
  for (let row = 0; row < heightPx; row++) {
    let [low, high] = [row - slack, row + slack];
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      if (way(middle) < row + 0.5) low = middle;
      else high = middle;
    }
    y[row] = low;
    shiftX[row] = -sideways(low);
  }
  return { forward: (p) => ({ x: p.x + sideways(p.y), y: way(p.y) }), rows: { y, shiftX } };
}
