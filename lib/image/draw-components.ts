import type { Box } from "../core/geometry.ts";
import type { BinaryImage } from "./images.ts";
import type { RunComponents } from "./run-components.ts";

/** These components alone, tight, with their box in the image. @param labels at least one */
export function drawComponents(
  { components, firstRun, rows, starts, ends }: RunComponents,
  labels: readonly number[],
): { readonly image: BinaryImage; readonly box: Box } {
  const boxes = labels.map((label) => components[label - 1].box);
  const [left, top] = [Math.min(...boxes.map((box) => box[0])), Math.min(...boxes.map((box) => box[1]))];
  const width = Math.max(...boxes.map((box) => box[0] + box[2])) - left;
  const height = Math.max(...boxes.map((box) => box[1] + box[3])) - top;
  const data = new Uint8Array(width * height);
  for (const label of labels) {
    for (let run = firstRun[label - 1]; run < firstRun[label]; run++) {
      const row = (rows[run] - top) * width - left;
      data.fill(1, row + starts[run], row + ends[run]);
    }
  }
  return { image: { width, height, data }, box: [left, top, width, height] };
}
