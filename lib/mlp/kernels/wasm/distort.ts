/**
 * x (B x side^2) = the images distorted, formula in ../distort-images.reference.ts, in float32 and four pixels at a time.
 *
 * An image is first laid out as quads: at every place the four bytes (here, right, below, right below) as one word, so that what a pixel is interpolated
 * from is one load. Zeros all around, two wide, and coordinates kept within them stand for the tests whether a place is inside the image.
 */

/** As in ../kernels.ts. */
const MOTION_LENGTH: usize = 9;
const NOISE_SIDE: i32 = 512;
/** 0.03 of 255: as INK_FLOOR in ../distort-images.reference.ts. */
const INK_FLOOR: f32 = 7.65;

/** A float of 2^23 + n has the bits 0x4b000000 + n: adding 2^23 turns a whole number into an integer. */
const WHOLE: f32 = 8388608;
const WHOLE_BITS: i32 = 0x4b000000;

/** With or without displacements by noise, as types: see panels.ts. */
type Affine = i8;
type Elastic = i16;

/** Quads in a row: a place more on either side of the image, in units of 16. */
// @ts-ignore: decorator
@inline
function rowLength(side: i32): i32 {
  return (side + 2 + 15) & ~15;
}

/** Bytes of `scratch` a thread needs: the image with zeros around, and its quads. The same is in ../simd/arena.ts. */
// @ts-ignore: decorator
@inline
function scratchBytes(side: i32): i32 {
  return (rowLength(side) * (5 * side + 11) + 16 + 63) & ~63;
}

/** The examples b from `from` to `to`. `noise` 0: none. `scratch` has room for every thread. */
export function distortImages(
  x: usize, images: usize, motions: usize, noise: usize, scratch: usize, side: i32, from: i32, to: i32, t: i32,
): void {
  const P = rowLength(side);
  const padded = scratch + usize(t * scratchBytes(side));
  const quads = padded + usize((P * (side + 3) + 16 + 15) & ~15);
  const pixels = side * side;
  memory.fill(padded, 0, usize(P * (side + 3) + 16));
  for (let b = from; b < to; b++) {
    pad(padded + usize(P + 1), images + usize(b * pixels), side, P);
    formQuads(quads, padded, side, P);
    const target = x + (usize(b * pixels) << 2);
    const motion = motions + ((usize(b) * MOTION_LENGTH) << 2);
    if (noise != 0) distort<Elastic>(target, quads, motion, noise, side, P);
    else distort<Affine>(target, quads, motion, noise, side, P);
  }
}

/** to (rows of P bytes) = from (rows of `side` bytes); what lies between stays. */
function pad(to: usize, from: usize, side: i32, P: i32): void {
  for (let row: i32 = 0; row < side; row++) {
    let k: i32 = 0;
    for (; k + 16 <= side; k += 16) v128.store(to + usize(k), v128.load(from + usize(k)));
    if (k < side) {
      if (side >= 16) v128.store(to + usize(side - 16), v128.load(from + usize(side - 16)));
      else for (; k < side; k++) store<u8>(to + usize(k), load<u8>(from + usize(k)));
    }
    to += usize(P);
    from += usize(side);
  }
}

/** quads ((side + 2) x P words) from padded ((side + 3) x P bytes and 16 more). */
function formQuads(quads: usize, padded: usize, side: i32, P: i32): void {
  const count = (side + 2) * P;
  for (let k: i32 = 0; k < count; k += 16) {
    const p = padded + usize(k);
    const here = v128.load(p);
    const right = v128.load(p, 1);
    const below = v128.load(p + usize(P));
    const both = v128.load(p + usize(P), 1);
    const upper = v128.shuffle<i8>(here, right, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const lower = v128.shuffle<i8>(below, both, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const upperNext = v128.shuffle<i8>(here, right, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    const lowerNext = v128.shuffle<i8>(below, both, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    const q = quads + (usize(k) << 2);
    v128.store(q, v128.shuffle<i16>(upper, lower, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(q, v128.shuffle<i16>(upper, lower, 4, 12, 5, 13, 6, 14, 7, 15), 16);
    v128.store(q, v128.shuffle<i16>(upperNext, lowerNext, 0, 8, 1, 9, 2, 10, 3, 11), 32);
    v128.store(q, v128.shuffle<i16>(upperNext, lowerNext, 4, 12, 5, 13, 6, 14, 7, 15), 48);
  }
}

function distort<Way>(target: usize, quads: usize, motion: usize, noise: usize, side: i32, P: i32): void {
  const xx = v128.load32_splat(motion, 8);
  const yx = v128.load32_splat(motion, 16);
  const elastic = v128.load32_splat(motion, 24);
  // One place more on the left and above: the quads begin at (-1, -1).
  const startX = load<f32>(motion) + 1;
  const startY = load<f32>(motion, 4) + 1;
  const xy = load<f32>(motion, 12);
  const yy = load<f32>(motion, 20);
  let noiseX = noise;
  let noiseY = noise;
  if (sizeof<Way>() == sizeof<Elastic>()) {
    noiseX += usize(load<f32>(motion, 28)) << 1;
    noiseY += usize(load<f32>(motion, 32)) << 1;
  }
  const ahead = usize(2 * NOISE_SIDE) << 1;
  const end = f32x4.splat(f32(side + 1));
  const stride = f32x4.splat(f32(P << 2));
  const base = i32x4.splat(i32(quads) - WHOLE_BITS);
  const center = f32(side - 1) * 0.5;
  const first = f32x4.sub(f32x4(0, 1, 2, 3), f32x4.splat(center));
  for (let row: i32 = 0; row < side; row++) {
    const v = f32(row) - center;
    const rowX = f32x4.splat(startX + xy * v);
    const rowY = f32x4.splat(startY + yy * v);
    let u = first;
    if (sizeof<Way>() == sizeof<Elastic>()) {
      touch(noiseX + ahead, side);
      touch(noiseY + ahead, side);
    }
    for (let column: i32 = 0; column < side; column += 4) {
      let X = f32x4.add(rowX, f32x4.mul(xx, u));
      let Y = f32x4.add(rowY, f32x4.mul(yx, u));
      if (sizeof<Way>() == sizeof<Elastic>()) {
        X = f32x4.add(X, f32x4.mul(elastic, loadNoise(noiseX + (usize(column) << 1))));
        Y = f32x4.add(Y, f32x4.mul(elastic, loadNoise(noiseY + (usize(column) << 1))));
      }
      X = f32x4.pmin(f32x4.pmax(X, f32x4.splat(0)), end);
      Y = f32x4.pmin(f32x4.pmax(Y, f32x4.splat(0)), end);
      const x0 = f32x4.floor(X);
      const y0 = f32x4.floor(Y);
      const offset = f32x4.add(f32x4.add(f32x4.mul(y0, stride), f32x4.mul(x0, f32x4.splat(4))), f32x4.splat(WHOLE));
      const around = gather(i32x4.add(offset, base));
      // Most of an image is empty.
      let value = f32x4.splat(0);
      if (v128.any_true(around)) value = interpolate(around, f32x4.sub(X, x0), f32x4.sub(Y, y0));
      const p = target + (usize(column) << 2);
      if (column + 4 <= side) v128.store(p, value);
      else storeFirst(p, value, side - column);
      u = f32x4.add(u, f32x4.splat(4));
    }
    target += usize(side) << 2;
    noiseX += usize(NOISE_SIDE) << 1;
    noiseY += usize(NOISE_SIDE) << 1;
  }
}

// @ts-ignore: decorator
@inline
function loadNoise(p: usize): v128 {
  return f32x4.convert_i32x4_s(v128.load_ext<i16>(p));
}

/** Brings a row of noise near before it is wanted: windows are anywhere, and the processor does not foresee them. May read beyond the noise. */
// @ts-ignore: decorator
@inline
function touch(row: usize, side: i32): void {
  load<i16>(row);
  load<i16>(row + (usize(side - 1) << 1));
}

/** The words at four addresses. */
// @ts-ignore: decorator
@inline
function gather(address: v128): v128 {
  let quads = v128.load_zero<u32>(usize(i32x4.extract_lane(address, 0)));
  quads = v128.load_lane<u32>(usize(i32x4.extract_lane(address, 1)), quads, 1);
  quads = v128.load_lane<u32>(usize(i32x4.extract_lane(address, 2)), quads, 2);
  return v128.load_lane<u32>(usize(i32x4.extract_lane(address, 3)), quads, 3);
}

/** Bilinear between the four bytes of each quad, as values in [0, 1]. */
// @ts-ignore: decorator
@inline
function interpolate(quads: v128, fx: v128, fy: v128): v128 {
  const low = i32x4.splat(255);
  const here = f32x4.convert_i32x4_s(v128.and(quads, low));
  const right = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(quads, 8), low));
  const below = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(quads, 16), low));
  const both = f32x4.convert_i32x4_s(i32x4.shr_u(quads, 24));
  const top = f32x4.add(here, f32x4.mul(fx, f32x4.sub(right, here)));
  const bottom = f32x4.add(below, f32x4.mul(fx, f32x4.sub(both, below)));
  const value = f32x4.add(top, f32x4.mul(fy, f32x4.sub(bottom, top)));
  return v128.and(f32x4.mul(value, f32x4.splat(1.0 / 255.0)), f32x4.ge(value, f32x4.splat(INK_FLOOR)));
}

/** The first one, two or three of four. */
function storeFirst(p: usize, value: v128, count: i32): void {
  store<f32>(p, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(p, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(p, f32x4.extract_lane(value, 2), 8);
}
