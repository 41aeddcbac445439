import type { BinaryImage } from "../image/images.ts";
import { findRunComponentsReference } from "../image/run-components.reference.ts";
import { HOLE_PX, type InkMeasures } from "./measure-ink.ts";

/** `measureInk` px by px, its holes by components of the paper: slow, for tests. */
export function measureInkReference(image: BinaryImage): InkMeasures {
  const { width, height, data } = image;
  let area = 0;
  let rowStarts = 0;
  let columnStarts = 0;
  let mostRowRuns = 0;
  const inColumn = new Uint16Array(width);
  // Paper beyond the edges: one border more than the image has on each side.
  const stride = width + 2;
  const paper = new Uint8Array(stride * (height + 2)).fill(1);
  for (let y = 0; y < height; y++) {
    let runs = 0;
    for (let x = 0, at = y * width, on = (y + 1) * stride + 1; x < width; x++, at++, on++) {
      if (data[at] === 0) continue;
      paper[on] = 0;
      area++;
      runs += paper[on - 1];
      inColumn[x] += paper[on - stride];
    }
    rowStarts += runs;
    if (runs > mostRowRuns) mostRowRuns = runs;
  }
  for (const runs of inColumn) columnStarts += runs;
  const sides = 2 * (rowStarts + columnStarts);
  // An outline of px sides is longer than the curve by 4 / pi on average over its directions.
  const strokePx = (2 * area) / Math.max(1, (sides * Math.PI) / 4);
  const holes = findHoles({ width: stride, height: height + 2, data: paper });
  return {
    width,
    height,
    density: area / (width * height),
    strokePx,
    strokeLengthPx: area / Math.max(1, strokePx),
    holes: holes.length,
    holeShare: holes.reduce((sum, hole) => sum + hole, 0) / (width * height),
    rowRuns: rowStarts / height,
    columnRuns: columnStarts / width,
    mostRowRuns,
    mostColumnRuns: inColumn.reduce((most, runs) => Math.max(most, runs), 0),
  };
}

/** Areas of the paper that ink encloses. Paper is followed over its corners too, so that a thin stroke's slanted steps don't close a hole. */
function findHoles(paper: BinaryImage): number[] {
  return findRunComponentsReference(paper)
    .components.filter(({ area, box }) => area >= HOLE_PX && box[0] > 0)
    .map(({ area }) => area);
}
