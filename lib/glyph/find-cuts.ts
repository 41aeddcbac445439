import type { BinaryImage } from "../image/images.ts";

/** A path from the top to the bottom of a component that parts it in two. */
export interface Cut {
  /** For each row the first column of the right part. */
  readonly path: Int16Array;
  /** Ink px the path goes through: about the pen's width where two characters merely touch. */
  readonly crossed: number;
  /** Strokes it goes through: one where two characters merely touch, two where it parts a loop. */
  readonly strokes: number;
  readonly meanX: number;
}

export interface FindCutsOptions {
  /** Usual stroke width in px. */
  readonly strokePx: number;
  readonly maxCuts: number;
}

/** How far a path may leave its middle column, in px: a slant of about 25 degrees over a digit's height. */
const REACH = 14;
const STEP = 3;
/** Nearest two paths, and a path and the component's side. */
const MIN_DISTANCE = 7;
const DIAGONAL = 0.12;
const OFF_CENTRE = 0.004;

/**
 * Proposes where touching characters may be cut: for middle columns a few px apart, the path of least ink from top to bottom
 * (dynamic programming over rows, one column left or right a row), then the cheapest of them that do not cross each other.
 * @param mask one component, tight
 * @returns at most `maxCuts`, from left to right
 */
export function findCuts(mask: BinaryImage, options: FindCutsOptions): Cut[] {
  const candidates: (Cut & { cost: number })[] = [];
  for (let centre = MIN_DISTANCE; centre <= mask.width - MIN_DISTANCE; centre += STEP) candidates.push(cheapestPath(mask, centre));
  candidates.sort((a, b) => a.cost - b.cost);
  const chosen: Cut[] = [];
  for (const candidate of candidates) {
    if (chosen.length >= options.maxCuts || candidate.crossed > 3.4 * options.strokePx) break;
    if (candidate.meanX < MIN_DISTANCE || candidate.meanX > mask.width - MIN_DISTANCE) continue;
    if (chosen.every((cut) => apart(cut, candidate))) chosen.push(candidate);
  }
  return chosen.sort((a, b) => a.meanX - b.meanX);
}

function apart(a: Cut, b: Cut): boolean {
  if (Math.abs(a.meanX - b.meanX) < MIN_DISTANCE) return false;
  const [left, right] = a.meanX < b.meanX ? [a, b] : [b, a];
  return left.path.every((x, y) => x <= right.path[y]);
}

function cheapestPath({ width, height, data }: BinaryImage, centre: number): Cut & { cost: number } {
  const low = Math.max(1, centre - REACH);
  const high = Math.min(width - 1, centre + REACH);
  const n = high - low + 1;
  let costs = new Float64Array(n);
  let next = new Float64Array(n);
  const from = new Int8Array(n * height);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < n; i++) {
      const x = low + i;
      let best = y === 0 ? 0 : costs[i];
      let step = 0;
      if (y > 0) {
        if (i > 0 && costs[i - 1] + DIAGONAL < best) {
          best = costs[i - 1] + DIAGONAL;
          step = -1;
        }
        if (i + 1 < n && costs[i + 1] + DIAGONAL < best) {
          best = costs[i + 1] + DIAGONAL;
          step = 1;
        }
      }
      from[y * n + i] = step;
      next[i] = best + OFF_CENTRE * Math.abs(x - centre) + data[y * width + x];
    }
    [costs, next] = [next, costs];
  }
  let at = 0;
  for (let i = 1; i < n; i++) if (costs[i] < costs[at]) at = i;
  const cost = costs[at];
  const path = new Int16Array(height);
  let crossed = 0;
  let strokes = 0;
  let below = 0;
  let sum = 0;
  for (let y = height - 1; y >= 0; y--) {
    path[y] = low + at;
    const here = data[y * width + low + at];
    crossed += here;
    if (here > below) strokes++;
    below = here;
    sum += low + at;
    at += from[y * n + at];
  }
  return { path, crossed, strokes, meanX: sum / height, cost };
}
