import { type Bandwidth, bandwidthFor } from "./measure-machine.ts";
import { CLASSES, PIXELS, type Point, type PointTime } from "./measure-point.ts";

export interface Machine {
  /** Floating-point operations a second of one thread. */
  readonly peak: number;
  readonly bandwidth: readonly Bandwidth[];
  readonly meetingSeconds: number;
}

/** Seconds a sample that each thing takes at least. */
export interface Costs {
  /** Those of values that are not zero, at the measured peak. */
  readonly "multiply-adds": number;
  /** Weights and velocities, at the bandwidth measured for as many bytes as they have. */
  readonly "weights' bytes": number;
  /** Lists of values that are not zero, gone through once for each panel of columns. */
  readonly "lists' bytes": number;
  readonly meetings: number;
  /** What a sample takes in a network that hardly computes: measured, not derived. */
  readonly "input, loss, calls": number;
}

/** Columns of a panel: lib/mlp/kernels/wasm/panels.ts. */
const PANEL = 32;
/** A value in a list with its place. */
const ENTRY_BYTES = 8;

/**
 * What a training step must do at least, from its shapes and the measured densities, at what the machine was measured to do.
 *
 *   multiply-adds a layer   forward and update: density of its inputs x I x O each; backward (not the first): density of its errors x I x O
 *   weights' bytes a layer  forward reads 4 I O; update reads and writes weight and velocity, 16 I O; backward reads, writes and reads a transposed
 *                           copy, 12 I O; once a mini-batch
 *
 * Errors of a hidden layer are zero where ReLU's output is; those of the last layer never are.
 */
export function explainCost(point: Point, time: PointTime, machine: Machine & { readonly fixedSeconds: number }): Costs {
  const { hidden, batch, threads } = point;
  const sizes = [PIXELS, ...hidden, CLASSES.length];
  const { densities } = time;
  let operations = 0;
  let weightBytes = 0;
  let listBytes = 0;
  let workingSet = 0;
  for (const [l, inputs] of densities.entries()) {
    const weights = sizes[l]! * sizes[l + 1]!;
    const errors = densities[l + 1] ?? 1;
    const backward = l > 0;
    operations += 2 * weights * (2 * inputs + (backward ? errors : 0));
    weightBytes += weights * (20 + (backward ? 12 : 0));
    listBytes += (ENTRY_BYTES / PANEL) * weights * (2 * inputs + (backward ? errors : 0));
    workingSet += 8 * weights;
  }
  // Each thread has a cache of its own for its columns, but all read all lists.
  const perThread = bandwidthFor(machine.bandwidth, workingSet / threads).bytesPerSecond * threads;
  const lists = bandwidthFor(machine.bandwidth, ENTRY_BYTES * batch * Math.max(...densities.map((density, l) => density * sizes[l]!)));
  return {
    "multiply-adds": operations / (machine.peak * threads),
    "weights' bytes": weightBytes / batch / perThread,
    "lists' bytes": listBytes / (lists.bytesPerSecond * threads),
    meetings: (time.meetingsPerStep * machine.meetingSeconds) / batch,
    "input, loss, calls": machine.fixedSeconds,
  };
}

/** The largest of the costs. */
export function boundOf(costs: Costs): keyof Costs {
  const names = Object.keys(costs) as (keyof Costs)[];
  return names.reduce((largest, name) => (costs[name] > costs[largest] ? name : largest));
}
