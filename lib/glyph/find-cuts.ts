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
  /** The path's outermost columns. */
  readonly minX: number;
  readonly maxX: number;
}

export interface FindCutsOptions {
  /** Usual stroke width in px. */
  readonly strokePx: number;
  /** How far a path may leave its middle line, in px. */
  readonly reach: number;
  /** Lean of the middle lines that are tried: columns to the right per row upwards. */
  readonly leans: readonly number[];
  /** Paths through more ink than this many stroke widths are left out. */
  readonly maxCrossed: number;
  /** Two paths closer than this everywhere are one; px. */
  readonly minDistance: number;
  /** Whether two paths may cross each other: then a search has to choose among them. */
  readonly mayCross: boolean;
  readonly maxCuts: number;
}

const STEP = 3;
/** A path and the component's side. */
const MIN_MARGIN = 5;
const DIAGONAL = 0.12;
const OFF_CENTRE = 0.004;

/**
 * Proposes where touching characters may be cut: for middle lines a few px apart and of several leans, the path of least ink from
 * top to bottom (dynamic programming over rows, one column left or right a row), the cheapest first.
 * @param mask one component, tight
 * @returns at most `maxCuts`, from left to right
 */
export function findCuts(mask: BinaryImage, options: FindCutsOptions): Cut[] {
  const candidates: (Cut & { cost: number })[] = [];
  for (const lean of options.leans)
    for (let centre = MIN_MARGIN; centre <= mask.width - MIN_MARGIN; centre += STEP)
      candidates.push(cheapestPath(mask, { centre, lean, reach: options.reach }));
  candidates.sort((a, b) => a.cost - b.cost);
  const chosen: Cut[] = [];
  for (const candidate of candidates) {
    if (chosen.length >= options.maxCuts) break;
    if (candidate.crossed > options.maxCrossed * options.strokePx) continue;
    if (candidate.meanX < MIN_MARGIN || candidate.meanX > mask.width - MIN_MARGIN) continue;
    if (chosen.every((cut) => apart(cut, candidate, options))) chosen.push(candidate);
  }
  return chosen.sort((a, b) => a.meanX - b.meanX);
}

/** Whether `left` is nowhere right of `right`. */
export function isLeftOf(left: Cut, right: Cut): boolean {
  for (let y = 0; y < left.path.length; y++) if (left.path[y] > right.path[y]) return false;
  return true;
}

function apart(a: Cut, b: Cut, { minDistance, mayCross }: FindCutsOptions): boolean {
  if (!mayCross) return Math.abs(a.meanX - b.meanX) >= minDistance && (a.meanX < b.meanX ? isLeftOf(a, b) : isLeftOf(b, a));
  for (let y = 0; y < a.path.length; y++) if (Math.abs(a.path[y] - b.path[y]) >= minDistance) return true;
  return false;
}

function cheapestPath({ width, height, data }: BinaryImage, at: { centre: number; lean: number; reach: number }): Cut & { cost: number } {
  // The band of columns around the leaning middle line; row by row its left end.
  const n = 2 * at.reach + 1;
  const lefts = Int16Array.from({ length: height }, (_, y) => Math.round(at.centre + at.lean * (height / 2 - y)) - at.reach);
  let costs = new Float64Array(n);
  let next = new Float64Array(n);
  const from = new Int8Array(n * height);
  for (let y = 0; y < height; y++) {
    const shift = y === 0 ? 0 : lefts[y] - lefts[y - 1];
    for (let i = 0; i < n; i++) {
      const x = lefts[y] + i;
      let best = Number.POSITIVE_INFINITY;
      let step = 0;
      if (x >= 1 && x <= width - 1) {
        if (y === 0) best = 0;
        else
          for (let d = -1; d <= 1; d++) {
            const k = i + shift + d;
            if (k < 0 || k >= n) continue;
            const cost = costs[k] + (d === 0 ? 0 : DIAGONAL);
            if (cost < best) {
              best = cost;
              step = d;
            }
          }
      }
      from[y * n + i] = step;
      next[i] = best + OFF_CENTRE * Math.abs(i - at.reach) + (x >= 0 && x < width ? data[y * width + x] : 0);
    }
    [costs, next] = [next, costs];
  }
  let k = 0;
  for (let i = 1; i < n; i++) if (costs[i] < costs[k]) k = i;
  const cost = costs[k];
  const path = new Int16Array(height);
  let crossed = 0;
  let strokes = 0;
  let below = 0;
  let sum = 0;
  let minX = width;
  let maxX = 0;
  for (let y = height - 1; y >= 0; y--) {
    path[y] = Math.max(1, Math.min(width - 1, lefts[y] + k));
    const here = data[y * width + path[y]];
    crossed += here;
    if (here > below) strokes++;
    below = here;
    sum += path[y];
    minX = Math.min(minX, path[y]);
    maxX = Math.max(maxX, path[y]);
    if (y > 0) k += from[y * n + k] + lefts[y] - lefts[y - 1];
  }
  return { path, crossed, strokes, meanX: sum / height, minX, maxX, cost };
}
