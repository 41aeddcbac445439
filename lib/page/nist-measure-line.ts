import type { BinaryImage } from "../image/images.ts";

/** A near-horizontal printed line in an image, column by column. */
export interface PrintedLine {
  /** First and one past the last column. */
  readonly from: number;
  readonly to: number;
  /** Centre line y = a + b x (pixel corners: the centre of row 0 is 0.5). */
  readonly a: number;
  readonly b: number;
  /** For column `from + i`: the first row of the line and the row after its last. */
  readonly top: Int16Array;
  readonly bottom: Int16Array;
  /** Median thickness in px. */
  readonly thickness: number;
  /** Fraction of the columns in which the line was seen; 0: not found, then `a`, `b`, the edges are the prediction. */
  readonly seen: number;
}

export interface LinePrediction {
  readonly from: number;
  readonly to: number;
  readonly a: number;
  readonly b: number;
}

const REACH = 13;
const MIN_SEEN = 0.3;
/** The line's edges are medians over 2 * HALF_WINDOW columns: scans bend lines by a px or two. */
const HALF_WINDOW = 32;
const STEP = 8;

interface Run {
  readonly x: number;
  readonly start: number;
  readonly end: number;
}

/** Measures a printed line near its predicted place: vertical runs vote for its offset, a straight line is fitted, the edges follow it. */
export function measureLine(image: BinaryImage, predicted: LinePrediction, thicknessPx: number): PrintedLine {
  const from = Math.max(0, Math.round(predicted.from));
  const to = Math.min(image.width, Math.round(predicted.to));
  const runs = collectRuns(image, { ...predicted, from, to }, 2 * thicknessPx);
  const offset = modalOffset(runs, predicted);
  let a = predicted.a + offset;
  let b = predicted.b;
  let inliers = runs;
  for (const tolerance of [3, 2.5, 2]) {
    inliers = runs.filter((run) => Math.abs((run.start + run.end) / 2 - a - b * (run.x + 0.5)) <= tolerance);
    if (inliers.length < 10) break;
    [a, b] = fitRuns(inliers, predicted.b);
  }
  const seen = new Set(inliers.map((run) => run.x)).size / Math.max(1, to - from);
  if (seen < MIN_SEEN) return flatLine({ ...predicted, from, to }, thicknessPx);
  const thickness = median(inliers.map((run) => run.end - run.start));
  const clean = inliers.filter((run) => Math.abs(run.end - run.start - thickness) <= 2);
  const top = new Int16Array(Math.max(0, to - from));
  const bottom = new Int16Array(top.length);
  for (let x = from; x < to; x += STEP) {
    const middle = x + STEP / 2;
    let near = clean.filter((run) => Math.abs(run.x - middle) <= HALF_WINDOW);
    if (near.length < 12) near = clean;
    const topOffset = near.length > 0 ? median(near.map((run) => run.start - a - b * (run.x + 0.5))) : -thickness / 2;
    const bottomOffset = near.length > 0 ? median(near.map((run) => run.end - a - b * (run.x + 0.5))) : thickness / 2;
    for (let k = x; k < Math.min(to, x + STEP); k++) {
      const centre = a + b * (k + 0.5);
      top[k - from] = Math.round(centre + topOffset);
      bottom[k - from] = Math.round(centre + bottomOffset);
    }
  }
  return { from, to, a, b, top, bottom, thickness, seen };
}

function collectRuns({ width, height, data }: BinaryImage, line: LinePrediction, maxThickness: number): Run[] {
  const runs: Run[] = [];
  for (let x = line.from; x < line.to; x++) {
    const centre = line.a + line.b * (x + 0.5);
    const low = Math.max(0, Math.floor(centre - REACH));
    const high = Math.min(height - 1, Math.ceil(centre + REACH));
    for (let y = low; y <= high; y++) {
      if (data[y * width + x] === 0) continue;
      let start = y;
      while (start > 0 && data[(start - 1) * width + x] === 1) start--;
      while (y + 1 < height && data[(y + 1) * width + x] === 1) y++;
      if (y + 1 - start <= maxThickness && y + 1 - start >= 2) runs.push({ x, start, end: y + 1 });
    }
  }
  return runs;
}

function modalOffset(runs: readonly Run[], line: LinePrediction): number {
  const bins = new Float64Array(4 * REACH + 4);
  for (const run of runs) {
    const offset = (run.start + run.end) / 2 - line.a - line.b * (run.x + 0.5);
    const bin = Math.round(2 * (offset + REACH));
    if (bin >= 0 && bin < bins.length) bins[bin]++;
  }
  let best = 2 * REACH;
  let bestSum = 0;
  for (let i = 2; i < bins.length - 2; i++) {
    const sum = bins[i - 2] + 2 * bins[i - 1] + 3 * bins[i] + 2 * bins[i + 1] + bins[i + 2];
    if (sum > bestSum) {
      bestSum = sum;
      best = i;
    }
  }
  return best / 2 - REACH;
}

/** Least squares; the slope is held near the page's where the line is short. */
function fitRuns(runs: readonly Run[], slope: number): [number, number] {
  const n = runs.length;
  let mx = 0;
  let my = 0;
  for (const run of runs) {
    mx += (run.x + 0.5) / n;
    my += (run.start + run.end) / 2 / n;
  }
  let sxx = 0;
  let sxy = 0;
  for (const run of runs) {
    sxx += (run.x + 0.5 - mx) ** 2;
    sxy += (run.x + 0.5 - mx) * ((run.start + run.end) / 2 - my);
  }
  // A prior worth a line of 60 columns.
  const prior = 18000;
  const b = (sxy + prior * slope) / (sxx + prior);
  return [my - b * mx, b];
}

function flatLine(line: LinePrediction, thicknessPx: number): PrintedLine {
  const length = Math.max(0, line.to - line.from);
  const top = Int16Array.from({ length }, (_, i) => Math.round(line.a + line.b * (line.from + i + 0.5) - thicknessPx / 2));
  return { ...line, top, bottom: top.map((y) => y + thicknessPx), thickness: thicknessPx, seen: 0 };
}

function median(values: number[]): number {
  values.sort((p, q) => p - q);
  return values[values.length >> 1];
}
