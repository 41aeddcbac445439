import type { BinaryImage } from "../image/images.ts";

/** A stretch of a printed line in the working image, by its ends. */
export interface LineSegment {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** What lies on long thin horizontal runs (for vertical lines: of the transposed image). */
export interface LineMap {
  /** 1 where a long run of ink passes, not widened. */
  readonly mask: BinaryImage;
  readonly segments: readonly LineSegment[];
}

/** Shortest run that counts, in px at about 100 dpi: 6 mm, longer than any printed letter, shorter than the smallest box. */
const MIN_RUN = 24;
/** A run is interrupted by more than this many px of paper. */
const MAX_GAP = 2;

/**
 * Finds near-horizontal lines in a working image of about 100 dpi: rows are widened by one px up and down, so that a line that
 * climbs by up to 8 degrees still makes long runs; then the runs' own ink is taken.
 */
export function findHorizontalLines(image: BinaryImage): LineMap {
  const { width, height, data } = image;
  const mask = new Uint8Array(width * height);
  const wide = new Uint8Array(width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const i = row + x;
      wide[x] = data[i] | (y > 0 ? data[i - width] : 0) | (y + 1 < height ? data[i + width] : 0);
    }
    let start = -1;
    let last = -1;
    for (let x = 0; x <= width; x++) {
      if (x < width && wide[x] === 1) {
        if (start < 0) start = x;
        last = x;
      } else if (start >= 0 && (x === width || x - last > MAX_GAP)) {
        if (last - start + 1 >= MIN_RUN) for (let k = start; k <= last; k++) if (data[row + k] === 1) mask[row + k] = 1;
        start = -1;
      }
    }
  }
  removeThick(mask, width, height);
  const map = { width, height, data: mask };
  return { mask: map, segments: traceSegments(map) };
}

/** Blacked-out areas and pictures are no lines: vertical runs of more than this many px go. */
const MAX_THICK = 8;

function removeThick(mask: Uint8Array, width: number, height: number): void {
  for (let x = 0; x < width; x++) {
    let run = 0;
    for (let y = 0; y <= height; y++) {
      if (y < height && mask[y * width + x] === 1) run++;
      else {
        if (run > MAX_THICK) for (let k = y - run; k < y; k++) mask[k * width + x] = 0;
        run = 0;
      }
    }
  }
}

/** Follows the mask from left to right, column by column: a segment goes on where its next column has ink within 2 px. */
function traceSegments({ width, height, data }: BinaryImage): LineSegment[] {
  interface Trace {
    xs: number[];
    ys: number[];
    y: number;
    lastX: number;
  }
  let open: Trace[] = [];
  const done: Trace[] = [];
  for (let x = 0; x < width; x++) {
    const centres: number[] = [];
    for (let y = 0; y < height; ) {
      if (data[y * width + x] === 0) {
        y++;
        continue;
      }
      const start = y;
      while (y < height && data[y * width + x] === 1) y++;
      centres.push((start + y) / 2);
    }
    const next: Trace[] = [];
    const taken = new Set<number>();
    for (const trace of open) {
      let best = -1;
      centres.forEach((centre, i) => {
        if (
          Math.abs(centre - trace.y) <= 2 &&
          !taken.has(i) &&
          (best < 0 || Math.abs(centre - trace.y) < Math.abs(centres[best] - trace.y))
        )
          best = i;
      });
      if (best >= 0) {
        taken.add(best);
        trace.xs.push(x + 0.5);
        trace.ys.push(centres[best]);
        trace.y = 0.7 * trace.y + 0.3 * centres[best];
        trace.lastX = x;
        next.push(trace);
      } else if (x - trace.lastX <= MAX_GAP + 1) next.push(trace);
      else done.push(trace);
    }
    centres.forEach((centre, i) => {
      if (!taken.has(i)) next.push({ xs: [x + 0.5], ys: [centre], y: centre, lastX: x });
    });
    open = next;
  }
  return [...done, ...open]
    .filter((trace) => trace.xs.length >= MIN_RUN)
    .map(({ xs, ys }) => {
      const [a, b] = fitLine(xs, ys);
      const x0 = xs[0] - 0.5;
      const x1 = xs[xs.length - 1] + 0.5;
      return { x0, y0: a + b * x0, x1, y1: a + b * x1 };
    });
}

function fitLine(xs: readonly number[], ys: readonly number[]): [number, number] {
  const n = xs.length;
  const mx = xs.reduce((sum, x) => sum + x, 0) / n;
  const my = ys.reduce((sum, y) => sum + y, 0) / n;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < n; i++) {
    sxx += (xs[i] - mx) ** 2;
    sxy += (xs[i] - mx) * (ys[i] - my);
  }
  const b = sxx > 0 ? sxy / sxx : 0;
  return [my - b * mx, b];
}
