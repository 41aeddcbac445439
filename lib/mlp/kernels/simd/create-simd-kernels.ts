import { InkformError } from "../../../core/inkform-error.ts";
import { dropThreshold } from "../drop-out.reference.ts";
import type { BatchLoss, Floats, KernelNeed, Kernels, LossOptions, Nonlinearity } from "../kernels.ts";
import { Arena, planBytes, type Scratch, scratchBytes, threadBytes } from "./arena.ts";
import { chooseRounding, type Rounding } from "./kernel-module.ts";
import { fromPanels, padColumns, panelFloats, toPanels } from "./panel-layout.ts";
import { Program } from "./program.ts";
import { instantiateKernels, RESERVED_BYTES } from "./wasm-instance.ts";
import { writeUpdateRule } from "./write-update-rule.ts";

/** Starts helping thread t of T: it is to instantiate the module with the memory and call its `serve(t, T)`. */
export type StartThread = (thread: { module: WebAssembly.Module; memory: WebAssembly.Memory; t: number; T: number }) => void;

/** As in wasm/program.ts. */
const FORWARD = 1;
const BACKWARD = 2;
const UPDATE = 3;
const SCALE = 4;
const DISTORT = 5;
const DROP = 6;
const DROP_ERRORS = 7;
const AVERAGE = 8;
const LIMIT = 9;
const SOFTMAX = 10;
const CROSS_ENTROPY = 11;
const SQUARED_ERROR = 12;
const F: Record<Nonlinearity, number> = { relu: 0, tanh: 1, logistic: 2, linear: 3 };

/** What it costs to drop a value, to distort a pixel, to put a value through the softmax, in multiplications. */
const DROPPED_VALUE = 12;
const DISTORTED_PIXEL = 30;
const SOFTMAX_VALUE = 40;

/**
 * A program with fewer multiplications (zeros among them) is done alone: in less than a hundred microseconds, where waking a thread that sleeps
 * takes fifty. A mini-batch of 64 through 784-128-10 has 13 million.
 */
const WORTH_SHARING = 4_000_000;
/** Threads have a cache line each in wasm/pieces.ts. */
const MOST_THREADS = 64;

export interface SimdOptions {
  /** How many threads compute, and how helpers are started; without it, or where memory cannot be shared, one computes. */
  readonly threads?: { readonly count: number; readonly start: StartThread } | undefined;
  /** The better that there is unless told: kernel-module.ts. */
  readonly rounding?: Rounding | undefined;
}

/** Kernels in WebAssembly SIMD (../wasm), float32, with a memory of their own. Results do not depend on the number of threads, bit for bit. */
export function createSimdKernels(need: KernelNeed, { threads, rounding = chooseRounding() }: SimdOptions = {}): Kernels {
  const T = threads && typeof SharedArrayBuffer !== "undefined" ? Math.min(threads.count, MOST_THREADS) : 1;
  const bytes = planBytes(need, T);
  const { memory, module, exports } = instantiateKernels(bytes, T > 1, rounding);
  const { buffer } = memory;
  const arena = new Arena(RESERVED_BYTES, RESERVED_BYTES + bytes);
  const { entries, ends, room, prepared } = takeScratch(arena, scratchBytes(need, T));
  const own = threadBytes(need.B);
  const program = new Program(buffer, (commands, multiplications) => {
    const shared = T > 1 && multiplications >= WORTH_SHARING;
    if (shared) exports.begin(T, commands);
    return shared ? () => exports.join(T) : () => exports.doAlone(commands);
  });
  for (let t = 1; t < T; t++) threads!.start({ module, memory, t, T });

  const allocate = (length: number): Float32Array => new Float32Array(buffer, arena.take(4 * length), length);
  const at = (array: Floats | Uint8Array | Int16Array): number => {
    if (array.buffer !== buffer) throw new InkformError("internal", "These kernels work on arrays of their own memory only.");
    return array.byteOffset;
  };
  const addLoss = (
    operation: number,
    [d, z, labels]: readonly [Floats, Floats, Uint8Array],
    { B, C, smoothing = 0 }: LossOptions,
  ): BatchLoss => {
    const result = { loss: Number.NaN, errors: 0 };
    program.add([operation, at(d), at(z), at(labels), B, C], B * C * SOFTMAX_VALUE, {
      write: ({ floats }) => {
        floats[6] = smoothing;
      },
      read: ({ doubles, integers }) => {
        result.loss = doubles[4]!;
        result.errors = integers[10]!;
      },
    });
    return result;
  };

  return {
    rounding,
    allocate,
    allocateBytes: (length) => new Uint8Array(buffer, arena.take(length), length),
    createLayer: (I, O) => ({ w: allocate(panelFloats(I, O)), b: allocate(padColumns(O)) }),
    writeLayer: (to, from, { I, O }) => {
      toPanels(to.w, from.w, { I, O });
      to.b.set(from.b);
    },
    readRows: (to, from, { I, O, first }) => {
      const weights = Math.min(to.length, Math.max(0, I - first) * O);
      fromPanels(to.subarray(0, weights), from.w, { I, O, first });
      if (weights < to.length) to.set(from.b.subarray(0, O), weights);
    },
    together: (work, meanwhile) => program.together(work, meanwhile),
    scaleBytes: (x, source, length) => program.add([SCALE, at(x), at(source), length], length),
    distortImages: (x, images, { B, side, motions, noise }) => {
      const words = [DISTORT, at(x), at(images), at(motions), noise ? at(noise) : 0, prepared, side, B];
      program.add(words, B * side * side * DISTORTED_PIXEL);
    },

    forwardLayer: (a, x, layer, { B, I, O, f }) => {
      program.add([FORWARD, at(a), at(x), at(layer.w), at(layer.b), B, I, O, F[f], entries, ends, room, own], B * I * O);
    },
    backwardLayer: (dx, d, layer, { B, I, O, x, f }) => {
      program.add([BACKWARD, at(dx), at(d), at(layer.w), at(x), B, I, O, F[f], entries, ends, room, own], B * I * O);
    },
    updateLayer: (layer, velocity, { x, d }, options) => {
      const { B, I, O, N = B, rate, momentum, squares, adam, maxNorm } = options;
      const toSquares = squares && { w: at(squares.w) - at(velocity.w), b: at(squares.b) - at(velocity.b) };
      const words = [
        UPDATE,
        at(layer.w),
        at(velocity.w),
        at(layer.b),
        at(velocity.b),
        at(x),
        at(d),
        B,
        I,
        O,
        0,
        0,
        entries,
        ends,
        room,
        own,
      ];
      program.add(words, B * I * O, {
        write: (command) => {
          command.floats[10] = (adam ? 1 : rate) / N;
          command.floats[11] = momentum;
          writeUpdateRule(command, options, toSquares);
        },
      });
      if (maxNorm) {
        program.add([LIMIT, at(layer.w), I, O], 2 * I * O, {
          write: ({ floats }) => {
            floats[4] = maxNorm;
          },
        });
      }
    },

    dropOut: (x, { B, I, rate, seed }) => {
      program.add([DROP, at(x), B * I, dropThreshold(rate), seed], B * I * DROPPED_VALUE, {
        write: ({ floats }) => {
          floats[5] = 1 / (1 - rate);
        },
      });
    },
    dropOutErrors: (dx, x, { B, I, rate, seed, f }) => {
      program.add([DROP_ERRORS, at(dx), B * I, dropThreshold(rate), seed, 0, at(x), 0, F[f]], B * I * DROPPED_VALUE, {
        write: ({ floats }) => {
          floats[5] = 1 / (1 - rate);
          floats[7] = 1 - rate;
        },
      });
    },
    averageLayer: (average, layer, { share }) => {
      for (const part of ["w", "b"] as const) {
        program.add([AVERAGE, at(average[part]), at(layer[part]), layer[part].length], layer[part].length, {
          write: ({ floats }) => {
            floats[4] = share;
          },
        });
      }
    },

    softmaxCrossEntropy: (d, z, labels, options) => addLoss(CROSS_ENTROPY, [d, z, labels], options),
    softmaxSquaredError: (d, z, labels, options) => addLoss(SQUARED_ERROR, [d, z, labels], options),
    softmax: (p, z, { B, C }) => program.add([SOFTMAX, at(p), at(z), B, C], B * C * SOFTMAX_VALUE),

    end: () => {
      if (T > 1) exports.end();
    },
  };
}

function takeScratch(arena: Arena, bytes: Scratch): Scratch {
  return {
    entries: arena.take(bytes.entries),
    ends: arena.take(bytes.ends),
    room: arena.take(bytes.room),
    prepared: arena.take(bytes.prepared),
  };
}
