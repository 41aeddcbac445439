/**
 * What JavaScript calls (../simd/create-simd-kernels.ts). It writes a program of commands, which threads `begin` and which is over when it `join`s them, or which it does `doAlone`.
 */
export { keptOfProduct } from "./add-product";
export { multiplyAdd } from "./multiply-add";
export { begin, doAlone, end, join, serve } from "./threads";

/** Where memory is free from. */
export function freeFrom(): usize {
  return __heap_base;
}
