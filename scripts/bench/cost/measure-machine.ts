import { instantiateKernels, RESERVED_BYTES } from "../../../lib/mlp/kernels/simd/wasm-instance.ts";
import { startKernelThread } from "../../../lib/server/threads/start-kernel-thread.ts";
import { median } from "../bench-line.ts";

/** Bytes read and written a second by a copy whose source and target together have `size` bytes. */
export interface Bandwidth {
  readonly size: number;
  readonly bytesPerSecond: number;
}

/** From what fits into the first cache to what fits into none. */
const SIZES = [32, 256, 1024, 4096, 16_384, 65_536, 262_144].map((kilobytes) => kilobytes * 1024);
const BURST_SECONDS = 0.03;
const ROUNDS = 5;

/** One thread's bandwidth by size, ascending: the processor's own copying instructions, so an upper limit for any kernel. */
export function measureBandwidth(): Bandwidth[] {
  const memory = new Uint8Array(SIZES.at(-1)!).fill(1);
  return SIZES.map((size) => {
    const half = size / 2;
    const rates = Array.from({ length: ROUNDS }, () => {
      const startedAt = performance.now();
      const before = process.cpuUsage();
      let copies = 0;
      while ((performance.now() - startedAt) / 1000 < BURST_SECONDS) {
        const repeats = Math.max(1, Math.round(1e6 / size));
        for (let k = 0; k < repeats; k++) memory.copyWithin(half, 0, half);
        copies += repeats;
      }
      // By processor time, as the peak: what else runs does not count.
      const { user, system } = process.cpuUsage(before);
      return (copies * size * 1e6) / (user + system);
    });
    return { size, bytesPerSecond: median(rates) };
  });
}

/** Of the sizes measured, the first that holds `bytes`. */
export function bandwidthFor(measured: readonly Bandwidth[], bytes: number): Bandwidth {
  return measured.find(({ size }) => size >= bytes) ?? measured.at(-1)!;
}

/** As in lib/mlp/kernels/wasm/barrier.ts. */
const GENERATION = 128;
const COMMAND = 256;
const STOP = 0;
const NOTHING = -1;

/** Barriers that the threads of these kernels have passed. */
export function countBarriers(buffer: ArrayBufferLike): number {
  return new Int32Array(buffer, GENERATION, 1)[0]!;
}

/** Seconds that two threads need to meet: commands that do nothing, one after another. */
export function measureBarrier(): number {
  const { memory, module, exports } = instantiateKernels(RESERVED_BYTES, true);
  startKernelThread({ module, memory, t: 1, T: 2 });
  const command = new Int32Array(memory.buffer, COMMAND, 1);
  command[0] = NOTHING;
  exports.launch(2);
  const times = Array.from({ length: 7 }, () => {
    const before = countBarriers(memory.buffer);
    const startedAt = performance.now();
    for (let k = 0; k < 1000; k++) exports.launch(2);
    return (performance.now() - startedAt) / 1000 / (countBarriers(memory.buffer) - before);
  });
  command[0] = STOP;
  exports.launch(2);
  return median(times);
}
