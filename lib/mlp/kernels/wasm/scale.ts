/** x[k] = bytes[k] / 255, for `length` of them. */
export function scaleBytes(x: usize, bytes: usize, length: i32): void {
  const unit = f32x4.splat(1.0 / 255.0);
  let k: i32 = 0;
  for (; k + 8 <= length; k += 8) {
    const p = x + (usize(k) << 2);
    const words = v128.load_ext<u8>(bytes + usize(k));
    v128.store(p, f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(words)), unit));
    v128.store(p, f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(words)), unit), 16);
  }
  for (; k < length; k++) store<f32>(x + (usize(k) << 2), f32(load<u8>(bytes + usize(k))) * f32(1.0 / 255.0));
}
