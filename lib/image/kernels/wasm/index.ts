/** What JavaScript calls (../take-room.ts). Addresses are bytes of the memory; beyond what they are told of, kernels read and write up to 64 bytes. */
export { blockRow } from "./block-row";
export { halveRows } from "./halve-rows";
export { inkRow } from "./ink-row";
export { meanRow } from "./mean-row";
export { warpRow } from "./warp-row";

/** Where memory is free from. */
export function freeFrom(): usize {
  return __heap_base;
}
