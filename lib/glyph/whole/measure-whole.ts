import { unpackSmallNet } from "../../core/unpack-small-net.ts";
import { openSmallNet } from "../../image/open-small-net.ts";
import { WHOLE_INPUTS } from "./sample-view.ts";
import { WHOLE_NET_HIDDEN, WHOLE_NET_WEIGHTS } from "./whole-weights.ts";

/** Outputs of the network in their order: the digits, any letter, and what is not one whole character. */
export const WHOLE_CLASSES = [..."0123456789", "letter", "none"] as const;

let run: ReturnType<typeof openSmallNet> | null = null;

/**
 * How surely a group of ink is one whole character, with nothing that belongs to its neighbours.
 * @param view as `sampleView` shows it
 * @returns a probability
 */
export function measureWhole(view: Float32Array): number {
  run ??= openSmallNet(
    unpackSmallNet(WHOLE_NET_WEIGHTS, { inputs: WHOLE_INPUTS, hidden: WHOLE_NET_HIDDEN, outputs: WHOLE_CLASSES.length }),
  );
  return 1 - run(view)[WHOLE_CLASSES.length - 1];
}
