import type { BinaryImage } from "../../image/images.ts";
import type { Borders } from "./measure-borders.ts";

/** A way from above a component to below it: what lies left of it is one side, what lies right of it the other. */
export interface Border {
  /** By row, how many columns lie left of it. */
  readonly at: Int16Array;
  /** What speaks against it by what the network says of all that it parts; nats. */
  readonly cost: number;
  /** Ink left of it, px. */
  readonly area: number;
}

export interface FindBordersOptions {
  readonly cellPx: number;
  readonly columns: number;
  readonly heightPx: number;
  readonly strokePx: number;
  readonly maxBorders: number;
}

/** A way that costs more (nats) is none. */
const MOST_COST = 9;
/** Less ink than this on either side is no character, over the stroke's width squared. */
const LEAST = 2.5;
/** Two ways that differ by less ink than this are one, over the stroke's width squared. */
const SAME = 1;
/** No more ways than this within so many heights to either side. */
const CROWD = 8;
const NEAR = 0.25;
/** Each px that is parted costs this beside, so that of ways past the same cells the shortest is taken; and each px of paper that is passed across. */
const LENGTH = 0.02;
const DETOUR = 0.001;

/**
 * The likeliest borders between two characters of a component: ways downwards that turn left or right at will but never up, each the cheapest one through some
 * point (dynamic programming from above and from below), the cheapest first, unlike one another.
 */
export function findBorders(mask: BinaryImage, borders: Borders, options: FindBordersOptions): Border[] {
  const { width, height, data } = mask;
  const { strokePx, heightPx, maxBorders } = options;
  const size = width + 1;
  const own = ownCosts(mask, borders, options);
  const [toRight, toLeft] = stepCosts(mask, borders, options);
  const down = new Float32Array(size * height);
  const up = new Float32Array(size * height);
  const cameFrom = new Int16Array(size * height);
  const goesTo = new Int16Array(size * height);
  for (let y = 0; y < height; y++) {
    const row = y * size;
    if (y === 0) for (let b = 0; b < size; b++) down[b] = 0;
    else move(down, cameFrom, { from: row - size, to: row, rights: toRight, lefts: toLeft, edges: (y - 1) * width });
    for (let b = 0; b < size; b++) down[row + b] += own[row + b];
  }
  for (let y = height - 1; y >= 0; y--) {
    const row = y * size;
    // Upwards a way that turned right turns left.
    if (y < height - 1) move(up, goesTo, { from: row + size, to: row, rights: toLeft, lefts: toRight, edges: y * width });
    for (let b = 0; b < size; b++) up[row + b] += own[row + b];
  }
  const before = inkBefore(mask);
  const total = data.reduce((sum, value) => sum + value, 0);
  const least = LEAST * strokePx ** 2;
  const through = new Float32Array(size * height);
  for (let i = 0; i < through.length; i++) through[i] = down[i] + up[i] - own[i];
  const seen = new Uint8Array(through.length);
  const found: (Border & { readonly middle: number })[] = [];
  for (const start of listCheapest(through, size)) {
    if (seen[start] === 1) continue;
    const at = trace(start);
    let area = 0;
    let middle = 0;
    for (let y = 0; y < height; y++) {
      seen[y * size + at[y]] = 1;
      area += before[y * size + at[y]];
      middle += at[y] / height;
    }
    if (area < least || total - area < least) continue;
    if (found.some((other) => unlike(other.at, at) < SAME * strokePx ** 2)) continue;
    if (found.filter((other) => Math.abs(other.middle - middle) < NEAR * heightPx).length >= CROWD) continue;
    found.push({ at, cost: through[start], area, middle });
    if (found.length >= maxBorders) break;
  }
  return found;

  function trace(start: number): Int16Array {
    const at = new Int16Array(height);
    const y0 = Math.floor(start / size);
    at[y0] = start % size;
    for (let y = y0; y > 0; y--) at[y - 1] = cameFrom[y * size + at[y]];
    for (let y = y0; y < height - 1; y++) at[y + 1] = goesTo[y * size + at[y]];
    return at;
  }

  /** Ink between two ways, px. */
  function unlike(a: Int16Array, b: Int16Array): number {
    let ink = 0;
    for (let y = 0; y < height; y++) ink += Math.abs(before[y * size + a[y]] - before[y * size + b[y]]);
    return ink;
  }

  /** From one row to the next: the cheapest of coming straight, from the left and from the right. */
  function move(
    costs: Float32Array,
    origins: Int16Array,
    { from, to, rights, lefts, edges }: { from: number; to: number; rights: Float32Array; lefts: Float32Array; edges: number },
  ): void {
    let best = costs[from];
    let origin = 0;
    for (let b = 0; b < size; b++) {
      if (b > 0) best += rights[edges + b - 1] + DETOUR;
      if (costs[from + b] <= best) {
        best = costs[from + b];
        origin = b;
      }
      costs[to + b] = best;
      origins[to + b] = origin;
    }
    best = costs[from + width];
    origin = width;
    for (let b = width; b >= 0; b--) {
      if (b < width) best += lefts[edges + b] + DETOUR;
      if (costs[from + b] <= best) {
        best = costs[from + b];
        origin = b;
      }
      if (best < costs[to + b]) {
        costs[to + b] = best;
        origins[to + b] = origin;
      }
    }
  }
}

/** Places between the first way and the last that cost no more than a way may, the cheapest first. @param through costs by row and way, `size` ways a row */
function listCheapest(through: Float32Array, size: number): Float64Array {
  // Numbers are sorted ten times as fast as by a function that compares: of costs that are not negative the bits as a whole number are in the same order, the place goes below them
  // (up to 8 million places; a field has a tenth of that).
  const bits = new Uint32Array(through.buffer);
  const keys = new Float64Array(through.length);
  let count = 0;
  for (let i = 0; i < through.length; i++) {
    const b = i % size;
    if (b > 0 && b < size - 1 && through[i] <= MOST_COST) keys[count++] = bits[i] * through.length + i;
  }
  return keys
    .subarray(0, count)
    .sort()
    .map((key) => key % through.length);
}

/** By row and way: what it costs to part a row there. */
function ownCosts({ width, height, data }: BinaryImage, { right }: Borders, { cellPx, columns }: FindBordersOptions): Float32Array {
  const size = width + 1;
  const costs = new Float32Array(size * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y + 0.5) / cellPx) * columns;
    for (let b = 1; b < width; b++)
      if (data[y * width + b] === 1 && data[y * width + b - 1] === 1)
        costs[y * size + b] = LENGTH + right[row + Math.max(0, Math.round(b / cellPx) - 1)] / cellPx;
  }
  return costs;
}

/** By px: what it costs to part it from the one below as a way downwards turns right past it, and as it turns left. */
function stepCosts(
  { width, height, data }: BinaryImage,
  { above, below }: Borders,
  { cellPx, columns }: FindBordersOptions,
): [Float32Array, Float32Array] {
  const toRight = new Float32Array(width * height);
  const toLeft = new Float32Array(width * height);
  for (let y = 0; y < height - 1; y++) {
    const row = Math.max(0, Math.round((y + 1) / cellPx) - 1) * columns;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (data[i] === 0 || data[i + width] === 0) continue;
      const cell = row + Math.floor((x + 0.5) / cellPx);
      toRight[i] = LENGTH + below[cell] / cellPx;
      toLeft[i] = LENGTH + above[cell] / cellPx;
    }
  }
  return [toRight, toLeft];
}

/** By row and way: ink left of it. */
function inkBefore({ width, height, data }: BinaryImage): Int32Array {
  const before = new Int32Array((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) before[y * (width + 1) + x + 1] = before[y * (width + 1) + x] + data[y * width + x];
  return before;
}
