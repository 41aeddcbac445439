/** average[k] <- average[k] + share (w[k] - average[k]), k from `from` to `to`, which are multiples of 4. */
export function average(to: usize, w: usize, from: i32, end: i32, share: f32): void {
  const s = f32x4.splat(share);
  for (let k = from; k < end; k += 4) {
    const p = to + (usize(k) << 2);
    const before = v128.load(p);
    v128.store(p, f32x4.add(before, f32x4.mul(s, f32x4.sub(v128.load(w + (usize(k) << 2)), before))));
  }
}
