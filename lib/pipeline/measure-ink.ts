import type { BinaryImage } from "../image/images.ts";
import { findRunComponents } from "../image/run-components.ts";

/** What a box's ink amounts to; lengths in px. */
export interface InkMeasures {
  readonly width: number;
  readonly height: number;
  /** Ink px over those of the box that holds them. */
  readonly density: number;
  /** Twice the area over the outline's length. */
  readonly strokePx: number;
  /** Area over the strokes' width: the way that the pen went, if it never went over its own ink. */
  readonly strokeLengthPx: number;
  /** Pieces of paper that ink encloses, and their share of the box. */
  readonly holes: number;
  readonly holeShare: number;
  /** How many separate pieces of ink a row (a column) has on average, and at most. */
  readonly rowRuns: number;
  readonly columnRuns: number;
  readonly mostRowRuns: number;
  readonly mostColumnRuns: number;
}

/** Holes smaller than this are pinholes of the threshold. */
const HOLE_PX = 6;

/** @param image a box's ink, tight */
export function measureInk(image: BinaryImage): InkMeasures {
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
  return findRunComponents(paper)
    .components.filter(({ area, box }) => area >= HOLE_PX && box[0] > 0)
    .map(({ area }) => area);
}
