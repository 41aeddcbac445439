import type { Canvas, SheetMesh } from "./paint-sheet.ts";
import { fillMesh } from "./paint-sheet.ts";
import { type Raster, softenPage } from "./soften-page.ts";

export interface ScreenGrid {
  /** A screen's pixel, in px of the page. */
  readonly pitchPx: number;
  /** Depth of the pattern of lit stripes and gaps that still reaches the sensor, 0 to 1; it aliases with the sensor's pixels (moire). */
  readonly contrast: number;
}

/**
 * Draws a page as a screen shows it: resampled to the screen's pixels, each of three upright stripes (red, green, blue) with gaps,
 * sampled at the centres of the camera's pixels, so that moire comes about as it does in a camera.
 */
export function paintScreen(canvas: Canvas, page: Raster, mesh: SheetMesh, levels: Float32Array, grid: ScreenGrid): void {
  const { data } = canvas;
  const { width, height, channels, data: source } = softenPage(page, 0.35 * grid.pitchPx);
  const { pitchPx, contrast } = grid;
  const turn = 2 * Math.PI;
  fillMesh(canvas, mesh, (k, u, v) => {
    if (u < 0 || v < 0 || u >= width || v >= height) return;
    const column = u / pitchPx;
    const row = v / pitchPx;
    const x = Math.min(width - 1, ((Math.floor(column) + 0.5) * pitchPx) | 0);
    const y = Math.min(height - 1, ((Math.floor(row) + 0.5) * pitchPx) | 0);
    const i = (y * width + x) * channels;
    const gap = 1 + 0.6 * contrast * Math.cos(turn * (row - 0.5));
    for (let c = 0; c < 3; c++) {
      const stripe = 1 + contrast * Math.cos(turn * (column - (c + 0.5) / 3));
      data[k + c] = (levels[source[i + (channels === 3 ? c : 0)]] * stripe * gap) / (1 + 0.8 * contrast);
    }
  });
}
