import type { StartThread } from "../../mlp/kernels/simd/create-simd-kernels.ts";

/** A helping thread of train.worker.ts: says that it runs, then computes with the caller until the kernels are ended. */
addEventListener("message", ({ data }: MessageEvent<Parameters<StartThread>[0]>) => {
  const { module, memory, t, T } = data;
  const { serve } = new WebAssembly.Instance(module, { env: { memory } }).exports as { serve: (t: number, T: number) => void };
  serve(t, T);
});
postMessage("ready");
