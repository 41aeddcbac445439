import { Rng } from "../core/rng.ts";

const SIZE = 1 << 16;
let table: Float32Array | null = null;

/** 65536 standard normal numbers, made once; picked from at random places they serve as a sensor's noise at a table look-up each. */
export function noiseTable(): Float32Array {
  if (!table) {
    const rng = new Rng(0x401535);
    table = Float32Array.from({ length: SIZE }, () => rng.normal());
  }
  return table;
}

/**
 * Standard deviation of the noise for each level: photon noise grows with the root of the light, a quarter of the variance on white is
 * read noise.
 * @param white the standard deviation at level 255.
 */
export function noiseByLevel(white: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, level) => white * Math.sqrt(0.25 + (0.75 * level) / 255));
}
