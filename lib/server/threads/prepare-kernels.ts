import { setFlagsFromString } from "node:v8";
import { chooseRounding, hasRelaxedSimd, kernelModule } from "../../mlp/kernels/simd/kernel-module.ts";

const FLAG = "experimental-wasm-relaxed-simd";

let prepared = false;

/**
 * Compiles the network's kernels with fused multiply-add where this Node can: to be called before the first kernels are made. Later versions have it without a flag.
 *
 * The flag is set for the length of these synchronous lines and unset again. It does no more than let V8's decoder accept twenty more instructions: modules without
 * them, whoever compiles them meanwhile on another thread, come out the same, and V8 keeps with each module what was allowed when it was made, so the kernels are still
 * compiled faster and handed to other threads afterwards.
 */
export function prepareKernels(): void {
  if (prepared) return;
  prepared = true;
  if (hasRelaxedSimd()) return;
  setFlagsFromString(`--${FLAG}`);
  try {
    const rounding = chooseRounding();
    kernelModule("single", rounding);
    kernelModule("shared", rounding);
  } finally {
    setFlagsFromString(`--no-${FLAG}`);
  }
}
