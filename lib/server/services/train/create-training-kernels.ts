import { availableParallelism } from "node:os";
import type { CreateKernels } from "../../../mlp/kernels/kernels.ts";
import { createSimdKernels } from "../../../mlp/kernels/simd/create-simd-kernels.ts";
import { prepareKernels } from "../../threads/prepare-kernels.ts";
import { startKernelThread } from "../../threads/start-kernel-thread.ts";

/** Kernels for `threads` threads, at most as many as there are processors: more would wait for one another. The results are the same. */
export function createTrainingKernels(threads: number): CreateKernels {
  prepareKernels();
  return (need) => createSimdKernels(need, { threads: { count: Math.min(threads, availableParallelism()), start: startKernelThread } });
}
