import { InkformError } from "../../../core/inkform-error.ts";
import { type KernelNeed, MOTION_LENGTH, NOISE_SIDE } from "../kernels.ts";
import { padColumns } from "./panel-layout.ts";

/** Every array begins at a cache line of its own. */
const LINE = 64;
/** Loads may reach a little beyond an array's end (wasm/transpose.ts, wasm/layer-panel.ts). */
const SLACK = 4096;

/** What the kernels need for themselves: bytes, then addresses. */
export interface Scratch {
  /** (offset, value) pairs of lists. */
  readonly entries: number;
  readonly counts: number;
  /** A layer transposed. */
  readonly transposed: number;
  /** Each thread's columns of the errors. */
  readonly pack: number;
  readonly result: number;
  /** Each thread's image as it is prepared for distortion. */
  readonly prepared: number;
}

/** Bytes that a network's kernels take: weights, velocities, activations, errors, and what the kernels need for themselves. */
export function planBytes(need: KernelNeed, T: number): number {
  const { sizes, B, training, distortion } = need;
  const layers = sizes.slice(1).map((O, l) => round(4 * sizes[l]! * padColumns(O)) + round(4 * padColumns(O)));
  const rows = sizes.map((size) => round(4 * B * size));
  const copies = training ? 2 : 1;
  const bytes = round(B * sizes[0]!) + round(B);
  const motions = distortion ? round(4 * B * MOTION_LENGTH) : 0;
  const noise = distortion?.noise ? round(4 * NOISE_SIDE * NOISE_SIDE) : 0;
  return copies * (sum(layers) + sum(rows)) + bytes + motions + noise + sum(Object.values(scratchBytes(need, T))) + SLACK;
}

export function scratchBytes({ sizes, B, training, distortion }: KernelNeed, T: number): Scratch {
  const widest = Math.max(...sizes);
  const entries = round(8 * B * widest);
  const counts = round(4 * Math.max(B, widest));
  const prepared = distortion ? T * preparedBytes(distortion.side) : 0;
  if (!training) return { entries, counts, transposed: 0, pack: 0, result: LINE, prepared };
  const inner = sizes.slice(1, -1).map((I, l) => 4 * padColumns(I) * padColumns(sizes[l + 2]!));
  return { entries, counts, transposed: round(Math.max(0, ...inner)), pack: round(4 * T * B * 24), result: LINE, prepared };
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
