import { instantiateKernels, RESERVED_BYTES } from "../../lib/mlp/kernels/simd/wasm-instance.ts";
import { median } from "./bench-line.ts";

const ROUNDS = 20_000_000;

/** The most that one thread reaches with SIMD128 multiplications and additions and no memory: GFLOP/s, the median of five loops. */
export function measurePeak(): number {
  const { exports } = instantiateKernels(RESERVED_BYTES, false);
  exports.multiplyAdd(1000);
  const rates = Array.from({ length: 6 }, () => {
    // By processor time: what else runs does not count.
    const before = process.cpuUsage();
    exports.multiplyAdd(ROUNDS);
    const { user, system } = process.cpuUsage(before);
    // Eight accumulators of four lanes, a multiplication and an addition each.
    return (ROUNDS * 8 * 4 * 2) / (user + system) / 1e3;
  });
  return median(rates.slice(1));
}
