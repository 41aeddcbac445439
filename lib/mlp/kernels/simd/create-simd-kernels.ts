import { InkformError } from "../../../core/inkform-error.ts";
import { dropThreshold } from "../drop-out.reference.ts";
import type { Floats, KernelNeed, Kernels, Nonlinearity } from "../kernels.ts";
import { Arena, planBytes, type Scratch, scratchBytes, threadBytes } from "./arena.ts";
import { fromPanels, padColumns, panelFloats, toPanels } from "./panel-layout.ts";
import { instantiateKernels, RESERVED_BYTES } from "./wasm-instance.ts";
import { writeUpdateRule } from "./write-update-rule.ts";

/** Starts helping thread t of T: it is to instantiate the module with the memory and call its `serve(t, T)`. */
export type StartThread = (thread: { module: WebAssembly.Module; memory: WebAssembly.Memory; t: number; T: number }) => void;

/** As in wasm/barrier.ts and wasm/index.ts. */
const COMMAND = 256;
const STOP = 0;
const FORWARD = 1;
const BACKWARD = 2;
const UPDATE = 3;
const SCALE = 4;
const DISTORT = 5;
const DROP = 6;
const DROP_ERRORS = 7;
const AVERAGE = 8;
const LIMIT = 9;
const F: Record<Nonlinearity, number> = { relu: 0, tanh: 1, logistic: 2, linear: 3 };

/** As in wasm/update-rule.ts, after the command. */
const COMMAND_WORDS = 64;
/** What it costs to drop a value, in multiplications. */
const DROPPED_VALUE = 12;

/** A command with fewer multiplications (zeros among them) takes less time than threads need to meet: about a microsecond while they look out for work... */
const WORTH_MEETING = 30_000;
/** ... and some fifty once they sleep. */
const WORTH_WAKING = 1_000_000;
/** What a pixel costs to distort, in multiplications. */
const DISTORTED_PIXEL = 30;

/**
 * Kernels in WebAssembly SIMD (../wasm), float32, with a memory of their own. Results do not depend on the number of threads, bit for bit.
 * @param threads how many compute, and how helpers are started; without it, or where memory cannot be shared, one computes
 */
export function createSimdKernels(need: KernelNeed, threads?: { readonly count: number; readonly start: StartThread }): Kernels {
  const T = threads && typeof SharedArrayBuffer !== "undefined" ? threads.count : 1;
  const bytes = planBytes(need, T);
  const { memory, module, exports } = instantiateKernels(bytes, T > 1);
  const { buffer } = memory;
  const arena = new Arena(RESERVED_BYTES, RESERVED_BYTES + bytes);
  const { entries, ends, room, result, prepared } = takeScratch(arena, scratchBytes(need, T));
  const own = threadBytes(need.B);
  const command = new Int32Array(buffer, COMMAND, COMMAND_WORDS);
  const commandFloats = new Float32Array(buffer, COMMAND, COMMAND_WORDS);
  const loss = new Float64Array(buffer, result, 1);
  for (let t = 1; t < T; t++) threads!.start({ module, memory, t, T });

  const allocate = (length: number): Float32Array => new Float32Array(buffer, arena.take(4 * length), length);
  const at = (array: Floats | Uint8Array | Int16Array): number => {
    if (array.buffer !== buffer) throw new InkformError("internal", "These kernels work on arrays of their own memory only.");
    return array.byteOffset;
  };

  const run = (multiplications: number): void => {
    const alone = T === 1 || multiplications < WORTH_MEETING || (multiplications < WORTH_WAKING && exports.sleeping() > 0);
    if (alone) exports.launchAlone(T);
    else exports.launch(T);
  };

  return {
    allocate,
    allocateBytes: (length) => new Uint8Array(buffer, arena.take(length), length),
    createLayer: (I, O) => ({ w: allocate(panelFloats(I, O)), b: allocate(padColumns(O)) }),
    writeLayer: (to, from, { I, O }) => {
      toPanels(to.w, from.w, { I, O });
      to.b.set(from.b);
    },
    readLayer: (to, from, { I, O }) => {
      fromPanels(to.w, from.w, { I, O });
      to.b.set(from.b.subarray(0, O));
    },
    scaleBytes: (x, source, length) => {
      command.set([SCALE, at(x), at(source), length]);
      run(length);
    },
    distortImages: (x, images, { B, side, motions, noise }) => {
      command.set([DISTORT, at(x), at(images), at(motions), noise ? at(noise) : 0, prepared, side, B]);
      run(B * side * side * DISTORTED_PIXEL);
    },

    forwardLayer: (a, x, layer, { B, I, O, f }) => {
      command.set([FORWARD, at(a), at(x), at(layer.w), at(layer.b), B, I, O, F[f], entries, ends, room, own]);
      run(B * I * O);
    },
    backwardLayer: (dx, d, layer, { B, I, O, x, f }) => {
      command.set([BACKWARD, at(dx), at(d), at(layer.w), at(x), B, I, O, F[f], entries, ends, room, own]);
      run(B * I * O);
    },
    updateLayer: (layer, velocity, { x, d }, options) => {
      const { B, I, O, N = B, rate, momentum, squares, adam, maxNorm } = options;
      command.set([UPDATE, at(layer.w), at(velocity.w), at(layer.b), at(velocity.b), at(x), at(d), B, I, O]);
      commandFloats[10] = (adam ? 1 : rate) / N;
      commandFloats[11] = momentum;
      const toSquares = squares && { w: at(squares.w) - at(velocity.w), b: at(squares.b) - at(velocity.b) };
      writeUpdateRule({ integers: command, floats: commandFloats }, options, toSquares);
      command.set([entries, ends, room, own], 12);
      run(B * I * O);
      if (maxNorm) {
        command.set([LIMIT, at(layer.w), I, O]);
        commandFloats[4] = maxNorm;
        run(2 * I * O);
      }
    },

    dropOut: (x, { B, I, rate, seed }) => {
      command.set([DROP, at(x), B * I, dropThreshold(rate), seed]);
      commandFloats[5] = 1 / (1 - rate);
      run(B * I * DROPPED_VALUE);
    },
    dropOutErrors: (dx, x, { B, I, rate, seed, f }) => {
      command.set([DROP_ERRORS, at(dx), B * I, dropThreshold(rate), seed]);
      commandFloats[5] = 1 / (1 - rate);
      command[6] = at(x);
      commandFloats[7] = 1 - rate;
      command[8] = F[f];
      run(B * I * DROPPED_VALUE);
    },
    averageLayer: (average, layer, { share }) => {
      for (const part of ["w", "b"] as const) {
        command.set([AVERAGE, at(average[part]), at(layer[part]), layer[part].length]);
        commandFloats[4] = share;
        run(layer[part].length);
      }
    },

    softmaxCrossEntropy: (d, z, labels, { B, C, smoothing = 0 }) => {
      const errors = exports.softmaxCrossEntropy(at(d), at(z), at(labels), B, C, smoothing, result);
      return { loss: loss[0]!, errors };
    },
    softmaxSquaredError: (d, z, labels, { B, C, smoothing = 0 }) => {
      const errors = exports.softmaxSquaredError(at(d), at(z), at(labels), B, C, smoothing, result);
      return { loss: loss[0]!, errors };
    },
    softmax: (p, z, { B, C }) => exports.softmax(at(p), at(z), B, C),

    end: () => {
      if (T === 1) return;
      command[0] = STOP;
      exports.launch(T);
    },
  };
}

function takeScratch(arena: Arena, bytes: Scratch): Scratch {
  return {
    entries: arena.take(bytes.entries),
    ends: arena.take(bytes.ends),
    room: arena.take(bytes.room),
    result: arena.take(bytes.result),
    prepared: arena.take(bytes.prepared),
  };
}
