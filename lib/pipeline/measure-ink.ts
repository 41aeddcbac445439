import type { BinaryImage } from "../image/images.ts";
import { takeRoom } from "../image/kernels/take-room.ts";

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

/** Holes smaller than this are pinholes of the threshold. Paper is followed over its corners too, so that a thin stroke's slanted steps don't close a hole. */
export const HOLE_PX = 6;

/**
 * The ink of a small picture, by a kernel. The plain way is `measure-ink.reference.ts`; a test holds the two equal.
 * @param image a box's ink, tight
 */
export function measureInk({ width, height, data }: BinaryImage): InkMeasures {
  const runs = 4 * (height + 2) * ((width >> 1) + 2);
  const { kernels, bytes, at } = takeRoom([data.length, runs, runs, runs, runs, 2 * width, 32]);
  bytes.set(data, at[0]);
  kernels.inkShape(at[0], width, height, at[1], at[2], at[3], at[4], at[5], at[6], HOLE_PX);
  const [area, rowPieces, columnPieces, mostRowRuns, mostColumnRuns, holes, holePx] = new Int32Array(bytes.buffer, at[6], 7);
  // An outline of px sides is longer than the curve by 4 / pi on average over its directions.
  const strokePx = (2 * area) / Math.max(1, (2 * (rowPieces + columnPieces) * Math.PI) / 4);
  return {
    width,
    height,
    density: area / (width * height),
    strokePx,
    strokeLengthPx: area / Math.max(1, strokePx),
    holes,
    holeShare: holePx / (width * height),
    rowRuns: rowPieces / height,
    columnRuns: columnPieces / width,
    mostRowRuns,
    mostColumnRuns,
  };
}
