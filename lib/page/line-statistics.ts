import { LEVELS, PER_LEVEL } from "./print-room.ts";

/** The value that `rank` others come before in order (Hoare's FIND, 1961); a few of some ten thousand values are wanted, sorting them all takes ten times as long. @param values reordered */
export function quantile(values: Float32Array, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[rank];
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (j < rank) left = i;
    if (i > rank) right = j;
  }
  return values[rank];
}

/** The middle of what `n` sums lie below those at the ends. */
export function centroid(sums: ArrayLike<number>, n: number): number {
  const light = (sums[0] + sums[1] + sums[n - 2] + sums[n - 1]) / 4;
  let mass = 0;
  let moment = 0;
  for (let k = 1; k < n - 1; k++) {
    const taken = Math.max(0, light - sums[k]);
    mass += taken;
    moment += taken * k;
  }
  return mass > 0 ? moment / mass : (n - 1) / 2;
}

/** Each bin's quantile; bins with few pixels lie on the straight line between their neighbours. */
export function quantilesOf(counts: Int32Array, bins: number, share: number): Float32Array | null {
  const known: { bin: number; value: number }[] = [];
  for (let bin = 0; bin < bins; bin++) {
    let total = 0;
    for (let level = 0; level < LEVELS; level++) total += counts[bin * LEVELS + level];
    if (total < 10) continue;
    let seen = 0;
    let level = 0;
    while (seen + counts[bin * LEVELS + level] < share * total) seen += counts[bin * LEVELS + level++];
    known.push({ bin, value: Math.min(1, level / PER_LEVEL) });
  }
  if (known.length < 2) return null;
  const out = new Float32Array(bins);
  for (let bin = 0, k = 1; bin < bins; bin++) {
    while (k < known.length - 1 && known[k].bin < bin) k++;
    const [a, b] = [known[k - 1], known[k]];
    const t = Math.min(1, Math.max(0, (bin - a.bin) / (b.bin - a.bin)));
    out[bin] = a.value + (b.value - a.value) * t;
  }
  return out;
}
