import { get, set } from "./words";

/** Hidden units at a time: their sums stay in registers while the inputs are gone through. */
const BLOCK: i32 = 32;

/**
 * out = relu(x w1 + b1) w2 + b2, all f32; what `openSmallNet` says of the shapes holds.
 * @param x `inputs` values; those that are 0 cost no time
 * @param w1 `inputs` x `hidden`, row-major; `hidden` is a multiple of 32
 * @param w2 `hidden` x `outputs`, row-major; `outputs` is a multiple of 4
 * @param list,units scratch: `inputs` i32, 32 f32
 */
export function smallNet(
  x: usize, w1: usize, b1: usize, w2: usize, b2: usize, out: usize, list: usize, units: usize, inputs: i32, hidden: i32, outputs: i32,
): void {
  let count: i32 = 0;
  for (let k: i32 = 0; k < inputs; k++) {
    set(list, count, k);
    count += i32(load<f32>(x + (usize(k) << 2)) != 0);
  }
  for (let o: i32 = 0; o < outputs; o += 4) v128.store(out + (usize(o) << 2), v128.load(b2 + (usize(o) << 2)));
  for (let block: i32 = 0; block < hidden; block += BLOCK) {
    const bias = b1 + (usize(block) << 2);
    let s0 = v128.load(bias);
    let s1 = v128.load(bias, 16);
    let s2 = v128.load(bias, 32);
    let s3 = v128.load(bias, 48);
    let s4 = v128.load(bias, 64);
    let s5 = v128.load(bias, 80);
    let s6 = v128.load(bias, 96);
    let s7 = v128.load(bias, 112);
    for (let r: i32 = 0; r < count; r++) {
      const k = get(list, r);
      const value = f32x4.splat(load<f32>(x + (usize(k) << 2)));
      const row = w1 + (usize(k * hidden + block) << 2);
      s0 = f32x4.add(s0, f32x4.mul(value, v128.load(row)));
      s1 = f32x4.add(s1, f32x4.mul(value, v128.load(row, 16)));
      s2 = f32x4.add(s2, f32x4.mul(value, v128.load(row, 32)));
      s3 = f32x4.add(s3, f32x4.mul(value, v128.load(row, 48)));
      s4 = f32x4.add(s4, f32x4.mul(value, v128.load(row, 64)));
      s5 = f32x4.add(s5, f32x4.mul(value, v128.load(row, 80)));
      s6 = f32x4.add(s6, f32x4.mul(value, v128.load(row, 96)));
      s7 = f32x4.add(s7, f32x4.mul(value, v128.load(row, 112)));
    }
    v128.store(units, s0);
    v128.store(units, s1, 16);
    v128.store(units, s2, 32);
    v128.store(units, s3, 48);
    v128.store(units, s4, 64);
    v128.store(units, s5, 80);
    v128.store(units, s6, 96);
    v128.store(units, s7, 112);
    for (let i: i32 = 0; i < BLOCK; i++) {
      const unit = load<f32>(units + (usize(i) << 2));
      if (!(unit > 0)) continue;
      const value = f32x4.splat(unit);
      const row = w2 + (usize((block + i) * outputs) << 2);
      for (let o: usize = 0; o < usize(outputs) << 2; o += 16)
        v128.store(out + o, f32x4.add(v128.load(out + o), f32x4.mul(value, v128.load(row + o))));
    }
  }
}
