/** What JavaScript calls (../take-room.ts). Addresses are bytes of the memory; beyond what they are told of, kernels read and write up to 64 bytes. */
export { blockRow } from "./block-row";
export { bridgedPx, hasInk } from "./bridge-text";
export { halveRows } from "./halve-rows";
export { inkRow } from "./ink-row";
export { inkShape } from "./ink-shape";
export { lineCounts, lineFree, lineMasses, linePlaces, lineSums } from "./line-profiles";
export { clearHidden, lineStrokes, markBand } from "./line-strokes";
export { meanRow } from "./mean-row";
export { measureRuns } from "./measure-runs";
export { normalizeInk } from "./normalize-ink";
export { pieceProfile } from "./piece-profile";
export { countRuns, joinRuns, listRuns } from "./runs";
export { smallNet } from "./small-net";
export { lineTable, subtractLines } from "./subtract-line";
export { sumsAcross } from "./sums-across";
export { hideDark, subtractText, textLight, textMedian, textReach } from "./texts";
export { viewBox } from "./view-box";
export { insideRuns, meshRuns, warpRow } from "./warp-row";

/** Where memory is free from. */
export function freeFrom(): usize {
  return __heap_base;
}
