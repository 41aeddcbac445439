import type { InkMask } from "../../lib/simulate/ink-mask.ts";
import type { SoftInk } from "./wear-ink.ts";

/** Paper about the ink, for what leans and blurs beyond it. */
const ROOM_PX = 8;

/** The ink of several masks, with some paper about it. */
export function gatherInk(masks: readonly InkMask[]): SoftInk {
  const x0 = Math.min(...masks.map(({ x }) => x)) - ROOM_PX;
  const y0 = Math.min(...masks.map(({ y }) => y)) - ROOM_PX;
  const width = Math.max(...masks.map((mask) => mask.x + mask.width)) + ROOM_PX - x0;
  const height = Math.max(...masks.map((mask) => mask.y + mask.height)) + ROOM_PX - y0;
  const data = new Float32Array(width * height);
  for (const mask of masks) {
    mask.coverage.forEach((value, i) => {
      const at = (mask.y - y0 + Math.floor(i / mask.width)) * width + mask.x - x0 + (i % mask.width);
      data[at] = Math.max(data[at]!, value / 255);
    });
  }
  return { width, height, data };
}
