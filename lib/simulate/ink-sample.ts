import { assertArgument } from "../core/assert.ts";
import type { InkMask } from "./ink-mask.ts";

/** A side of a sample in cells, and of the square into which MNIST fits a digit. */
const CELLS = 28;
const DIGIT_CELLS = 20;

/** A sample at its size on paper. */
export interface FittedSample {
  readonly sample: Uint8Array;
  readonly mmPerCell: number;
  /** Of its ink in cells: left, top, right, foot. */
  readonly cells: readonly [number, number, number, number];
  /** The same in mm about its origin: its middle in x, its foot in y. */
  readonly extent: readonly [number, number, number, number];
}

/**
 * Sizes a 28 x 28 image (255 = ink) so that MNIST's 20 cells are as high as a capital, or smaller to fit into `room` (mm).
 * @throws InkformError `invalid-argument` for another size or an image without ink.
 */
export function fitSample(sample: Uint8Array, capHeightMm: number, room: readonly [number, number] | null): FittedSample {
  assertArgument(sample.length === CELLS * CELLS, `a sample needs ${CELLS} x ${CELLS} values, got ${sample.length}`);
  let [left, top, right, foot] = [CELLS, CELLS, 0, 0];
  sample.forEach((value, i) => {
    if (value < 64) return;
    const [x, y] = [i % CELLS, Math.floor(i / CELLS)];
    [left, top, right, foot] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(foot, y + 1)];
  });
  assertArgument(right > left, "a sample needs ink: values of 64 and more");
  const [width, height] = [right - left, foot - top];
  const mmPerCell = Math.min(capHeightMm / DIGIT_CELLS, room ? room[0] / width : Infinity, room ? room[1] / height : Infinity);
  return {
    sample,
    mmPerCell,
    cells: [left, top, right, foot],
    extent: [(-width * mmPerCell) / 2, -height * mmPerCell, (width * mmPerCell) / 2, 0],
  };
}

/**
 * A sample as ink at a place: its levels joined by a uniform cubic B-spline (Unser 1999; as smooth as a pen's edge, unlike bilinear
 * patches), cut at a little less than half, since the spline lowers thin strokes, with an edge about a px wide.
 * @param at where the sample's origin lies, mm. @param scale px per mm.
 */
export function inkSample(fitted: FittedSample, scale: readonly [number, number], at: readonly [number, number]): InkMask {
  const { sample, mmPerCell, cells, extent } = fitted;
  const [cellX, cellY] = [mmPerCell * scale[0], mmPerCell * scale[1]];
  const originX = (at[0] + extent[0]) * scale[0] - cells[0] * cellX;
  const originY = (at[1] + extent[1]) * scale[1] - cells[1] * cellY;
  const x0 = Math.floor(originX + (cells[0] - 0.5) * cellX);
  const y0 = Math.floor(originY + (cells[1] - 0.5) * cellY);
  const width = Math.ceil(originX + (cells[2] + 0.5) * cellX) - x0;
  const height = Math.ceil(originY + (cells[3] + 0.5) * cellY) - y0;
  const coverage = new Uint8Array(width * height);
  const rows = Array.from({ length: height }, (_, y) => splineWeights((y0 + y + 0.5 - originY) / cellY - 0.5));
  const columns = Array.from({ length: width }, (_, x) => splineWeights((x0 + x + 0.5 - originX) / cellX - 0.5));
  // The spline's edge goes from none to all over about two cells.
  const steepness = Math.max(1, Math.min(cellX, cellY));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let level = 0;
      for (let j = 0; j < 4; j++) {
        const row = rows[y].first + j;
        if (row < 0 || row >= CELLS) continue;
        for (let i = 0; i < 4; i++) {
          const column = columns[x].first + i;
          if (column >= 0 && column < CELLS) level += rows[y].weights[j] * columns[x].weights[i] * sample[row * CELLS + column];
        }
      }
      coverage[y * width + x] = Math.min(255, Math.max(0, 127.5 + steepness * (level - 110)));
    }
  }
  return { x: x0, y: y0, width, height, coverage };
}

/** The four samples about `t` and their weights in a uniform cubic B-spline. */
function splineWeights(t: number): { first: number; weights: readonly [number, number, number, number] } {
  const i = Math.floor(t);
  const f = t - i;
  return {
    first: i - 1,
    weights: [(1 - f) ** 3 / 6, (3 * f ** 3 - 6 * f * f + 4) / 6, (-3 * f ** 3 + 3 * f * f + 3 * f + 1) / 6, f ** 3 / 6],
  };
}
