import type { PaperMap } from "../image/estimate-paper.ts";
import type { GrayImage } from "../image/images.ts";
import { middleReference } from "./line-profiles.reference.ts";
import { BINS_PER_PX, type ProfiledLine } from "./line-profiles.ts";
import { axesOf, spanOf } from "./print-room.ts";
import { CLEAR_LIGHT, HIDDEN_BY_H, HIDDEN_BY_V, HIDDEN_LIGHT } from "./subtract-lines.ts";

/** `subtractLines` px by px over the whole depth of the picture, as its definition says: slow, for tests. @param gray,hidden changed in place */
export function subtractLinesReference(gray: GrayImage, hidden: Uint8Array, paper: PaperMap, lines: readonly ProfiledLine[]): void {
  for (const { located, profile, knots } of lines) {
    const axes = axesOf(gray, located);
    const isH = located.line.direction === "h";
    const { start, end } = spanOf(located, axes);
    for (let i = start; i < end; i++) {
      const middle = middleReference(knots, i + 0.5);
      for (let k = 0; k < axes.depth; k++) {
        const bin = Math.round((k + 0.5 - middle + profile.reach) * BINS_PER_PX);
        const low = profile.low[bin];
        if (low === undefined || low >= CLEAR_LIGHT) continue;
        const at = i * axes.along + k * axes.across;
        if (low < HIDDEN_LIGHT) {
          hidden[at] |= isH ? HIDDEN_BY_H : HIDDEN_BY_V;
          gray.data[at] = isH ? paper.level[(k >> 2) * paper.blocksX + (i >> 2)] : paper.level[(i >> 2) * paper.blocksX + (k >> 2)];
        } else if (hidden[at] === 0) {
          gray.data[at] = Math.min(255, Math.round((2 * gray.data[at]) / (low + profile.usual[bin])));
        }
      }
    }
  }
}
