import type { StartThread } from "../../mlp/kernels/simd/create-simd-kernels.ts";

/** A helping thread of train.worker.ts: answers a message of null, then computes with the caller until the kernels are ended. */
addEventListener("message", ({ data }: MessageEvent<Parameters<StartThread>[0] | null>) => {
  if (data === null) {
    postMessage("ready");
    return;
  }
  const { module, memory, t, T } = data;
  const { serve } = new WebAssembly.Instance(module, { env: { memory } }).exports as { serve: (t: number, T: number) => void };
  serve(t, T);
});
