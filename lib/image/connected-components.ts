import type { BinaryImage } from "./images.ts";
import { type Component, findRunComponents } from "./run-components.ts";

export interface Components {
  /** width x height, row-major: 0 = paper, else a component's label. */
  readonly labels: Int32Array;
  /** In the order of their first px, row by row. */
  readonly components: Component[];
}

/** The 8-connected components of the ink, with each px's label. On a whole page `findRunComponents` is the lighter one. */
export function findComponents(image: BinaryImage): Components {
  const { components, firstRun, rows, starts, ends } = findRunComponents(image);
  const { width, height } = image;
  const labels = new Int32Array(width * height);
  for (const { label } of components) {
    for (let run = firstRun[label - 1]; run < firstRun[label]; run++) {
      const row = rows[run] * width;
      labels.fill(label, row + starts[run], row + ends[run]);
    }
  }
  return { labels, components };
}
