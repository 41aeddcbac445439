import type { Rng } from "../core/rng.ts";
import type { LightField } from "./light-field.ts";

/**
 * A shadow with an edge, cast by what is held between lamp and paper: a phone (a rounded rectangle) or a hand (fingers side by side),
 * reaching in from the frame's edge. At most 1; finer than `buildLightField`'s, so that its edge can be hard.
 * @param depth share of the light that is lost. @param softPx width of the edge.
 */
export function castShadow(widthPx: number, heightPx: number, shadow: { depth: number; softPx: number }, rng: Rng): LightField {
  const cellPx = 4;
  const columns = Math.ceil(widthPx / cellPx) + 2;
  const rows = Math.ceil(heightPx / cellPx) + 2;
  const size = Math.min(widthPx, heightPx);
  // From outside the frame towards a place within its middle half.
  const angle = rng.between(0, 2 * Math.PI);
  const tipX = widthPx * rng.between(0.3, 0.7);
  const tipY = heightPx * rng.between(0.3, 0.7);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const isHand = rng.float() < 0.5;
  const half = size * rng.between(0.14, 0.24);
  const lengths = Array.from({ length: 4 }, () => size * rng.between(0, 0.12));
  const values = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const dx = i * cellPx - tipX;
      const dy = j * cellPx - tipY;
      // Along the axis inwards negative is the shadow's body.
      const along = dx * cos + dy * sin;
      const across = dy * cos - dx * sin;
      let inside = Math.min(-along, half - Math.abs(across));
      if (isHand) {
        inside = Math.min(-along - size * 0.14, half - Math.abs(across));
        for (let finger = 0; finger < 4; finger++) {
          const middle = half * (-0.75 + 0.5 * finger);
          const tip = Math.max(0, along + lengths[finger] + half * 0.22);
          inside = Math.max(inside, half * 0.22 - Math.hypot(tip, across - middle));
        }
      }
      const t = Math.min(1, Math.max(0, inside / shadow.softPx + 0.5));
      values[j * columns + i] = 1 - shadow.depth * t * t * (3 - 2 * t);
    }
  }
  return { cellPx, columns, rows, values };
}

/**
 * Light that glossy paper, ink or toner mirrors into the lens: 0 to 1, to be added as a share of white. Its middle is blown out where
 * `strength` is near 1: print below it is lost.
 * @param radius of the spot over the frame's shorter side.
 */
export function castGlare(widthPx: number, heightPx: number, glare: { strength: number; radius: number }, rng: Rng): LightField {
  const cellPx = 16;
  const columns = Math.ceil(widthPx / cellPx) + 2;
  const rows = Math.ceil(heightPx / cellPx) + 2;
  const cx = widthPx * rng.between(0.2, 0.8);
  const cy = heightPx * rng.between(0.2, 0.8);
  const angle = rng.between(0, Math.PI);
  const long = glare.radius * Math.min(widthPx, heightPx);
  const short = long * rng.between(0.4, 1);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const values = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const dx = i * cellPx - cx;
      const dy = j * cellPx - cy;
      const d = ((dx * cos + dy * sin) / long) ** 2 + ((dy * cos - dx * sin) / short) ** 2;
      // A flat top that falls off as a lamp's mirror image in a matt surface does.
      values[j * columns + i] = glare.strength / (1 + d * d);
    }
  }
  return { cellPx, columns, rows, values };
}
