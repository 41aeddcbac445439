/** IEEE 754 binary16, which typed arrays do not have yet. Half the bytes of float32, 11 bits of precision. */

const floatView = new Float32Array(1);
const bitsView = new Uint32Array(floatView.buffer);

/** The 16 bits nearest to `value`, ties to even. Beyond 65504 it becomes infinite: the caller checks. */
export function toHalf(value: number): number {
  floatView[0] = value;
  const bits = bitsView[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const mantissa = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (mantissa ? 0x200 : 0);
  const e = exponent - 127 + 15;
  if (e >= 31) return sign | 0x7c00;
  if (e <= 0) {
    if (e < -10) return sign;
    // Subnormal: the implicit one is written out and shifted into place.
    return sign | roundShift(mantissa | 0x800000, 14 - e);
  }
  // A carry out of the mantissa goes on into the exponent, which is what it should do.
  return sign | ((e << 10) + roundShift(mantissa, 13));
}

/** Exponents of binary16 and of float32 begin 112 apart. */
const EXPONENTS_APART = 2 ** 112;

export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  if ((half & 0x7c00) === 0x7c00) return half & 0x3ff ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  // Exponent and mantissa as float32's, subnormal where the half is: the product is exact. Powers, number by number, take ten times as long.
  bitsView[0] = (half & 0x7fff) << 13;
  return sign * floatView[0] * EXPONENTS_APART;
}

function roundShift(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && kept & 1) ? kept + 1 : kept;
}
