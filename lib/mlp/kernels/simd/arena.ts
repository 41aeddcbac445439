import { InkformError } from "../../../core/inkform-error.ts";
import { type KernelNeed, MOTION_LENGTH, NOISE_SIDE } from "../kernels.ts";
import { padColumns, panelFloats } from "./panel-layout.ts";

/** Every array begins at a cache line of its own. */
const LINE = 64;
/** Loads may reach a little beyond an array's end (wasm/transpose.ts, wasm/layer-panel.ts, wasm/distort.ts). */
const SLACK = 4096;

/** Rows of 32 floats in a block of a panel at most, as in wasm/blocks.ts. */
const BLOCK = 192;
const ROW = 128;
/** A mini-batch's labels, and those of the next. */
const LABELS = 2;
/** Places beyond a list's last entry (wasm/lists.ts). */
const SPARE = 4;

/** What the kernels need for themselves: bytes, then addresses. */
export interface Scratch {
  /** (value, offset) pairs of lists. */
  readonly entries: number;
  /** Where lists end, also within a block. */
  readonly ends: number;
  /** Each thread's own: sums of a panel or its errors, and a block of a transposed panel. */
  readonly room: number;
  /** Each thread's image as it is prepared for distortion. */
  readonly prepared: number;
}

/** Bytes that a network's kernels take: weights, velocities, activations, errors, and what the kernels need for themselves. */
export function planBytes(need: KernelNeed, T: number): number {
  const { sizes, B, training, copies: further = 0, distortion } = need;
  const layers = sizes.slice(1).map((O, l) => round(4 * panelFloats(sizes[l]!, O)) + round(4 * padColumns(O)));
  const rows = sizes.map((size) => round(4 * B * size));
  const copies = training ? 2 : 1;
  const bytes = round(B * sizes[0]!) + LABELS * round(B);
  // Of a mini-batch that is being trained on, and of one that is predicted.
  const motions = distortion ? 2 * round(4 * B * MOTION_LENGTH) : 0;
  const noise = distortion?.noise ? round(2 * NOISE_SIDE * NOISE_SIDE) : 0;
  const own = sum(Object.values(scratchBytes(need, T)));
  return (copies + further) * sum(layers) + copies * sum(rows) + bytes + motions + noise + own + SLACK;
}

export function scratchBytes({ sizes, B, distortion }: KernelNeed, T: number): Scratch {
  const widest = Math.max(...sizes);
  const entries = round(8 * Math.max(B * (widest + SPARE), widest * (B + SPARE)));
  const ends = round(4 * Math.max(B * Math.ceil(widest / BLOCK), widest));
  const prepared = distortion ? T * preparedBytes(distortion.side) : 0;
  return { entries, ends, room: T * threadBytes(B), prepared };
}

/** Of `room`, what each thread has. */
export function threadBytes(B: number): number {
  return round(B * ROW) + BLOCK * ROW;
}

/** As in wasm/distort.ts. */
function preparedBytes(side: number): number {
  const rowLength = (side + 17) & ~15;
  return round(rowLength * (5 * side + 11) + 16);
}

/** Hands out the memory from front to back. */
export class Arena {
  constructor(
    private next: number,
    private readonly end: number,
  ) {}

  /** @returns the address of `bytes` of zeros */
  take(bytes: number): number {
    const at = this.next;
    this.next += round(bytes);
    if (this.next > this.end) throw new InkformError("internal", "The kernels' memory is used up: more was allocated than was asked for.");
    return at;
  }
}

function round(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
