import type { Kernels } from "../kernels/kernels.ts";

/** A copy of a bank of noise where kernels can work on it. */
export function placeNoise(kernels: Kernels, bank: Int16Array): Int16Array {
  const { buffer, byteOffset } = kernels.allocateBytes(bank.byteLength);
  const noise = new Int16Array(buffer, byteOffset, bank.length);
  noise.set(bank);
  return noise;
}
