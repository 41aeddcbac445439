import type { Rng } from "../core/rng.ts";

/** Brightness over a picture, on a coarse grid; `at` of the grid point (i, j) is `values[j * columns + i]`. */
export interface LightField {
  readonly cellPx: number;
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

export interface Lighting {
  /** Shares of the light, see `Camera`. */
  readonly gradient: number;
  readonly shadow: number;
  readonly vignetting: number;
}

const CELL_PX = 32;

/** Light that falls off to one side and to the corners, with one soft shadow that reaches in from the frame's edge; at most 1. */
export function buildLightField(widthPx: number, heightPx: number, lighting: Lighting, rng: Rng): LightField {
  const columns = Math.ceil(widthPx / CELL_PX) + 2;
  const rows = Math.ceil(heightPx / CELL_PX) + 2;
  const angle = rng.between(0, 2 * Math.PI);
  const [gx, gy] = [Math.cos(angle), Math.sin(angle)];
  const shadowAngle = rng.between(0, 2 * Math.PI);
  const [sx, sy] = [Math.cos(shadowAngle), Math.sin(shadowAngle)];
  // The shadow's edge: a line in units of half the diagonal, wavy, as soft as the lamp is wide.
  const edge = rng.between(-0.2, 0.6);
  const softness = rng.between(0.04, 0.2);
  const wave = rng.between(0, 0.12);
  const phase = rng.between(0, 2 * Math.PI);
  const half = Math.hypot(widthPx, heightPx) / 2;
  const values = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const x = (i * CELL_PX - widthPx / 2) / half;
      const y = (j * CELL_PX - heightPx / 2) / half;
      const side = 1 - lighting.gradient * (0.5 + 0.5 * (x * gx + y * gy));
      const corner = 1 - lighting.vignetting * (x * x + y * y);
      const across = x * sx + y * sy - edge + wave * Math.sin(5 * (x * sy - y * sx) + phase);
      const shade = 1 - lighting.shadow / (1 + Math.exp(-across / softness));
      values[j * columns + i] = side * corner * shade;
    }
  }
  return { cellPx: CELL_PX, columns, rows, values };
}

/** Writes the light along row `y` into `out` (length of the picture's width), bilinearly. */
export function lightRow(field: LightField, y: number, out: Float32Array): void {
  const { cellPx, columns, values } = field;
  const gy = (y + 0.5) / cellPx;
  const j = Math.floor(gy);
  const fy = gy - j;
  let previous = -1;
  let a = 0;
  let slope = 0;
  for (let x = 0; x < out.length; x++) {
    const i = (x / cellPx) | 0;
    if (i !== previous) {
      const k = j * columns + i;
      a = values[k] + fy * (values[k + columns] - values[k]);
      slope = (values[k + 1] + fy * (values[k + columns + 1] - values[k + 1]) - a) / cellPx;
      previous = i;
    }
    out[x] = a + slope * (x + 0.5 - i * cellPx);
  }
}
