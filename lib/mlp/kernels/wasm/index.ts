/**
 * What JavaScript calls (../simd/create-simd-kernels.ts). It writes a program of commands, and `launch` carries it out with all threads and returns when all is done.
 */
export { multiplyAdd } from "./multiply-add";
export { end, launch, serve } from "./threads";

/** Where memory is free from. */
export function freeFrom(): usize {
  return __heap_base;
}
