import { InkformError } from "../../core/inkform-error.ts";
import type { CreateKernels } from "../../mlp/kernels/kernels.ts";
import { createSimdKernels, type StartThread } from "../../mlp/kernels/simd/create-simd-kernels.ts";

/** More help less with networks that fit a tab. */
const MOST = 4;
/** A busy machine takes seconds for it; one that cannot start says so at once. */
const READY_MS = 20_000;

export interface HelperThreads {
  /** Those that compute, the caller among them. */
  readonly count: number;
  createKernels(threads: number): CreateKernels;
}

/**
 * Starts helping threads before they are needed: a worker cannot start another while it computes, as a part of that happens in its own
 * event loop. In Chromium messages to a new worker, too, wait there until its script has run: so each must have answered one. Where memory cannot be shared (a page that is not cross-origin isolated), one computes, and the result is the same.
 * @param script address of kernel-thread.worker.ts's bundle
 */
export async function prepareHelperThreads(wanted: number, script: string): Promise<HelperThreads> {
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
  const count = isolated ? Math.max(1, Math.min(wanted, MOST, navigator.hardwareConcurrency || 1)) : 1;
  const helpers = await Promise.all(Array.from({ length: count - 1 }, () => startHelper(script)));
  if (helpers.includes(null)) {
    for (const helper of helpers) helper?.terminate();
    return { count: 1, createKernels: () => (need) => createSimdKernels(need) };
  }
  const start: StartThread = (thread) => helpers[thread.t - 1]!.postMessage(thread);
  return {
    count,
    createKernels: (threads) => (need) => {
      const T = Math.min(threads, count);
      if (T === 1) return createSimdKernels(need);
      try {
        return createSimdKernels(need, { threads: { count: T, start } });
      } catch (error) {
        // Shared memory reserves its limit at once, which a phone may refuse where plain memory is granted.
        if (error instanceof InkformError) return createSimdKernels(need);
        throw error;
      }
    },
  };
}

/** A helper once it runs, null where it does not. */
function startHelper(script: string): Promise<Worker | null> {
  return new Promise((resolve) => {
    const worker = new Worker(script);
    const timer = setTimeout(() => {
      worker.terminate();
      resolve(null);
    }, READY_MS);
    const settle = (result: Worker | null) => () => {
      clearTimeout(timer);
      resolve(result);
    };
    worker.onmessage = settle(worker);
    worker.onerror = settle(null);
    worker.postMessage(null);
  });
}
