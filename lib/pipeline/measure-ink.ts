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
  for (let y = 0; y < height; y++) {
    let runs = 0;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if (data[at] === 0) continue;
      area++;
      if (x === 0 || data[at - 1] === 0) runs++;
      if (y === 0 || data[at - width] === 0) inColumn[x]++;
    }
    rowStarts += runs;
    if (runs > mostRowRuns) mostRowRuns = runs;
  }
  for (const runs of inColumn) columnStarts += runs;
  const sides = 2 * (rowStarts + columnStarts);
  // An outline of px sides is longer than the curve by 4 / pi on average over its directions.
  const strokePx = (2 * area) / Math.max(1, (sides * Math.PI) / 4);
  const holes = findHoles(image);
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
function findHoles({ width, height, data }: BinaryImage): number[] {
  const paper = { width: width + 2, height: height + 2, data: new Uint8Array((width + 2) * (height + 2)).fill(1) };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (data[y * width + x] === 1) paper.data[(y + 1) * (width + 2) + x + 1] = 0;
  return findRunComponents(paper)
    .components.filter(({ area, box }) => area >= HOLE_PX && box[0] > 0)
    .map(({ area }) => area);
}
