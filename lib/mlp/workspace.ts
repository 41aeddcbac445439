import type { Floats, Kernels } from "./kernels/kernels.ts";

/** What a pass through a network of `sizes` needs for B examples: a[0] is the input, a[l + 1] what layer l gives, d alike its errors. */
export interface Workspace {
  readonly B: number;
  readonly a: readonly Floats[];
  readonly d: readonly Floats[];
}

export function createWorkspace(sizes: readonly number[], B: number, options: { kernels: Kernels; errors: boolean }): Workspace {
  const allocate = options.kernels.allocate;
  return {
    B,
    a: sizes.map((size) => allocate(B * size)),
    // No error is carried back to the input: d[0] stays empty.
    d: options.errors ? sizes.map((size, l) => allocate(l === 0 ? 0 : B * size)) : [],
  };
}
