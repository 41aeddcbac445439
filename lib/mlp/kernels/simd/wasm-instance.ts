import { InkformError } from "../../../core/inkform-error.ts";
import { chooseRounding, kernelModule, type Rounding } from "./kernel-module.ts";

/** What lib/mlp/kernels/wasm/index.ts exports. Addresses are bytes from the start of the memory. */
export interface KernelExports {
  freeFrom(): number;
  /** Lets T - 1 helping threads begin with the program of so many commands. */
  begin(T: number, commands: number): void;
  /** Carries out what is left of it and returns once it is over. */
  join(T: number): void;
  /** Carries out a program of so many commands on this thread. */
  doAlone(commands: number): void;
  serve(t: number, T: number): void;
  /** Lets helping threads go. */
  end(): void;
  multiplyAdd(rounds: number): number;
  /** kernel-module.ts. */
  keptOfProduct(x: number): number;
}

export interface WasmInstance {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  readonly exports: KernelExports;
}

const PAGE = 65_536;
const MAX_PAGES = 65_536;
/** The commands and AssemblyScript's own tables lie below this; checked against `freeFrom`. */
export const RESERVED_BYTES = 24_576;

/**
 * The kernels with a memory of `bytes` of their own. It never grows: views of it stay valid.
 * @throws InkformError `invalid-argument` where the machine has not that much memory
 */
export function instantiateKernels(bytes: number, threads: boolean, rounding: Rounding = chooseRounding()): WasmInstance {
  const pages = Math.ceil((bytes + RESERVED_BYTES) / PAGE);
  const module = kernelModule(threads ? "shared" : "single", rounding);
  let memory: WebAssembly.Memory;
  try {
    // The module names 65,536 pages as its limit; a shared memory must not have more.
    memory = new WebAssembly.Memory({ initial: pages, maximum: MAX_PAGES, shared: threads });
  } catch (error) {
    const megabytes = Math.ceil(bytes / 1e6);
    throw new InkformError("invalid-argument", `This network needs ${megabytes} MB, more than is to be had. Take smaller layers.`, error);
  }
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = exports as unknown as KernelExports;
  if (kernels.freeFrom() > RESERVED_BYTES) throw new InkformError("internal", "The kernels' own tables reach beyond their place.");
  return { memory, module, exports: kernels };
}
