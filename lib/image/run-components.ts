import type { Box } from "../core/geometry.ts";
import type { BinaryImage } from "./images.ts";
import { takeRoom } from "./kernels/take-room.ts";
import { listRuns } from "./list-runs.ts";

/** An 8-connected set of ink px. */
export interface Component {
  /** From 1; `components[label - 1]` is this component. */
  readonly label: number;
  /** Ink px. */
  readonly area: number;
  /** Tight, in px of the image. */
  readonly box: Box;
}

/** Components as runs of ink: a page's ink is a twentieth of its px, and its runs are far fewer still. */
export interface RunComponents {
  /** In the order of their first px, row by row. */
  readonly components: Component[];
  /** The runs of the component `label` are those from `firstRun[label - 1]` to before `firstRun[label]`, row by row, left to right. */
  readonly firstRun: Int32Array;
  /** Each run's row, first column, and the column behind its last. */
  readonly rows: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * The 8-connected components of the ink (px that are 1). Runs of ink are the nodes of a union-find (He, Chao and Suzuki 2008, "A run-based two-scan
 * labeling algorithm"): cost grows with the number of runs. Where each px's label is wanted, see `findComponents`. The plain way is
 * `run-components.reference.ts`; a test holds the two equal.
 */
export function findRunComponents(image: BinaryImage): RunComponents {
  const listed = listRuns(image);
  const runs = listed.starts.length;
  const list = 4 * runs;
  const { kernels, bytes, at } = takeRoom([list, list, 4 * (image.height + 1), list, list, list + 4, 20 * runs, list, list, list]);
  const [starts, ends, firstOfRow, parents, next, firstRun, boxes, rows, sortedStarts, sortedEnds] = at;
  const words = (place: number, length: number): Int32Array => new Int32Array(bytes.buffer, place, length);
  words(starts, runs).set(listed.starts);
  words(ends, runs).set(listed.ends);
  words(firstOfRow, image.height + 1).set(listed.firstOfRow);
  const count = kernels.joinRuns(starts, ends, firstOfRow, image.height, parents, next, firstRun, boxes, rows, sortedStarts, sortedEnds);
  const found = words(boxes, 5 * count);
  const components: Component[] = [];
  for (let i = 0, k = 0; i < count; i++, k += 5) {
    const [area, left, top] = [found[k], found[k + 1], found[k + 2]];
    components.push({ label: i + 1, area, box: [left, top, found[k + 3] - left, found[k + 4] - top] });
  }
  return {
    components,
    firstRun: words(firstRun, count + 1).slice(),
    rows: words(rows, runs).slice(),
    starts: words(sortedStarts, runs).slice(),
    ends: words(sortedEnds, runs).slice(),
  };
}
