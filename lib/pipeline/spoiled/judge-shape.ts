import { unpackSmallNet } from "../../core/unpack-small-net.ts";
import type { BinaryImage } from "../../image/images.ts";
import { openSmallNet } from "../../image/open-small-net.ts";
import { SPOILED_NET_HIDDEN, SPOILED_NET_WEIGHTS } from "./spoiled-weights.ts";
import { VIEW_CELLS, viewBox } from "./view-box.ts";

/** Outputs of the network in their order: one character (a digit, or a letter of either size), and what is none. */
export const SHAPE_CLASSES = [..."0123456789abcdefghijklmnopqrstuvwxyz", "crossed-out", "overwritten"] as const;

/** What the network says of a box's ink, as logarithms of odds. */
export interface ShapeOpinion {
  /** That it is more than one character. */
  readonly spoiled: number;
  /** That one that is was crossed out, and not written over. */
  readonly crossed: number;
}

const [CROSSED, OVERWRITTEN] = [SHAPE_CLASSES.length - 2, SHAPE_CLASSES.length - 1];
/** No surer than this, either way. */
const LEAST = 1e-5;

let run: ReturnType<typeof openSmallNet> | null = null;

/** Whether a box's ink looks like one character, by its shape alone. @param image a box's ink, tight */
export function judgeShape(image: BinaryImage): ShapeOpinion {
  run ??= openSmallNet(
    unpackSmallNet(SPOILED_NET_WEIGHTS, { inputs: VIEW_CELLS, hidden: SPOILED_NET_HIDDEN, outputs: SHAPE_CLASSES.length }),
  );
  const p = run(viewBox(image));
  const [crossed, overwritten] = [p[CROSSED] + LEAST, p[OVERWRITTEN] + LEAST];
  return {
    spoiled: Math.log((crossed + overwritten) / Math.max(LEAST, 1 - crossed - overwritten)),
    crossed: Math.log(crossed / overwritten),
  };
}
