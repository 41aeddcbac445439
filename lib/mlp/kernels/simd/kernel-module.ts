import { decodeBase64 } from "../../../core/decode-base64.ts";
import { fusedShared, fusedSingle, shared, single } from "../generated/wasm-code.ts";

/**
 * How kernels round s + x y: once, with the processor's fused multiply-add, or after the product and again after the sum. They are the same kernels compiled twice
 * (../wasm/add-product.ts): fused ones are faster, and the last digits of their sums differ from those of the others.
 */
export type Rounding = "fused" | "separate";

const CODE = { fused: { single: fusedSingle, shared: fusedShared }, separate: { single, shared } };

const modules = new Map<string, WebAssembly.Module>();
let chosen: Rounding | null = null;

/**
 * Fused where the engine has relaxed SIMD and its multiply-add does round once. Looked up once: all kernels of a process round alike.
 * Node 20 has it only behind a flag: lib/server/threads/prepare-kernels.ts.
 */
export function chooseRounding(): Rounding {
  chosen ??= hasRelaxedSimd() && roundsOnce() ? "fused" : "separate";
  return chosen;
}

/** The kernels, compiled at the first call: for a memory of one thread or one that threads share. */
export function kernelModule(memory: "single" | "shared", rounding: Rounding): WebAssembly.Module {
  const code = CODE[rounding][memory];
  let module = modules.get(code);
  if (!module) {
    module = new WebAssembly.Module(decodeBase64(code));
    modules.set(code, module);
  }
  return module;
}

/** Whether this engine takes kernels with relaxed SIMD. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(decodeBase64(fusedSingle));
}

/** The instruction may be a multiplication and an addition all the same: on processors without a fused one. */
function roundsOnce(): boolean {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
  const { exports } = new WebAssembly.Instance(kernelModule("single", "fused"), { env: { memory } });
  return (exports.keptOfProduct as (x: number) => number)(1 + 2 ** -12) === 2 ** -24;
}
