import { Worker } from "node:worker_threads";
import type { StartThread } from "../../mlp/kernels/simd/create-simd-kernels.ts";

/**
 * All that a helping thread does is in the module: it needs no file of its own, so it starts alike from Next's bundle, from bundled
 * entries and from TypeScript.
 */
const CODE = `
const { module, memory, t, T } = require("node:worker_threads").workerData;
new WebAssembly.Instance(module, { env: { memory } }).exports.serve(t, T);
`;

/** Starts a thread that computes with the caller until the kernels are ended. It does not keep the process alive. */
export const startKernelThread: StartThread = (thread) => {
  // Without execArgv, a TypeScript loader of this process would be loaded there, too.
  new Worker(CODE, { eval: true, workerData: thread, execArgv: [], name: "kernels" }).unref();
};
