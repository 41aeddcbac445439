import { instantiateKernels, RESERVED_BYTES } from "../../lib/mlp/kernels/simd/wasm-instance.ts";

const ROUNDS = 500_000;
const LOOPS = 60;
/** Twelve sums of four lanes, a multiplication and an addition each. */
const FLOPS = 12 * 4 * 2;

/**
 * The most that one thread reaches with SIMD128 multiplications and additions and no memory: GFLOP/s, the highest of many loops of a millisecond. Where a processor is
 * shared with other machines, as a virtual one's, most moments have less.
 */
export function measurePeak(): number {
  const { exports } = instantiateKernels(RESERVED_BYTES, false);
  exports.multiplyAdd(ROUNDS);
  const rates = Array.from({ length: LOOPS }, () => {
    // By processor time: what else runs does not count.
    const before = process.cpuUsage();
    exports.multiplyAdd(ROUNDS);
    const { user, system } = process.cpuUsage(before);
    return (ROUNDS * FLOPS) / (user + system) / 1e3;
  });
  return Math.max(...rates);
}
