import { unpackSmallNet } from "../../core/unpack-small-net.ts";
import { openSmallNet } from "../../image/open-small-net.ts";
import { BORDER_NET_HIDDEN, BORDER_NET_WEIGHTS } from "./border-weights.ts";
import { BORDER_INPUTS, type Cells, REACH, viewCell } from "./sample-cells.ts";

/**
 * Outputs of the network, of a cell: no border goes along its right or its lower side; one goes along its right side; along its lower one, with the left character above it, or with the
 * right one; along both.
 */
export const BORDER_CLASSES = ["", "right", "above", "below", "rightabove", "rightbelow"] as const;
/** The least share of ink of a cell that the network is asked about. */
export const INKED = 0.1;

/** By cell of the component's box what speaks against a border between it and the next one; nats. */
export interface Borders {
  /** Between a cell and the one on its right. */
  readonly right: Float32Array;
  /** Between a cell that is the left character's and the one below it that is the right one's. */
  readonly above: Float32Array;
  /** Likewise, the right character above the left one. */
  readonly below: Float32Array;
}

/** Surer than this that there is no border the network is not believed; nats. */
const MOST = 6;
/** Of what speaks against a border in a cell so much is for its being open in which cell it goes; no less is left, so that ways past many cells cost more; nats. */
const OPEN = 1;
const LEAST = 0.1;

let run: ReturnType<typeof openSmallNet> | null = null;

/** How likely the border between two characters goes along each cell's sides. */
export function measureBorders(cells: Cells): Borders {
  run ??= openSmallNet(
    unpackSmallNet(BORDER_NET_WEIGHTS, { inputs: BORDER_INPUTS, hidden: BORDER_NET_HIDDEN, outputs: BORDER_CLASSES.length }),
  );
  const { columns, rows, shares } = cells;
  const [right, above, below] = [0, 1, 2].map(() => new Float32Array(columns * rows).fill(MOST - OPEN)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const view = new Float32Array(BORDER_INPUTS);
  for (let row = 0, at = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, at++) {
      if (shares[(row + REACH) * (columns + 2 * REACH) + column + REACH] < INKED) continue;
      const [, onRight, onAbove, onBelow, rightAbove, rightBelow] = run(viewCell(cells, column, row, view));
      right[at] = against(onRight + rightAbove + rightBelow);
      above[at] = against(onAbove + rightAbove);
      below[at] = against(onBelow + rightBelow);
    }
  return { right, above, below };
}

/** What speaks against a border; where exactly one goes is often open between two cells, so that each has less than half of the belief. */
function against(probability: number): number {
  return Math.max(LEAST, Math.min(MOST, Math.log((1 - probability) / probability)) - OPEN);
}
