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

/** As in lib/mlp/kernels/wasm/threads.ts and program.ts. */
const PART = 64;
const COMMANDS = 5120;
const MEET = 13;

/** Parts of programs that the threads of these kernels have been through, ends of programs among them. */
export function countMeetings(buffer: ArrayBufferLike): number {
  return new Int32Array(buffer, PART, 1)[0]! >> 1;
}

/** Seconds that it takes two threads to begin, to wait for one another, and to know that both are done: half of it is a meeting. */
export function measureMeeting(): number {
  const { memory, module, exports } = instantiateKernels(RESERVED_BYTES, true);
  startKernelThread({ module, memory, t: 1, T: 2 });
  const command = new Int32Array(memory.buffer, COMMANDS, 2);
  const times = Array.from({ length: 7 }, () => {
    const startedAt = performance.now();
    for (let k = 0; k < 1000; k++) {
      command[0] = MEET;
      command[1] = 0;
      exports.begin(2, 1);
      exports.join(2);
    }
    return (performance.now() - startedAt) / 1000 / 1000 / 2;
  });
  exports.end();
  return median(times);
}
