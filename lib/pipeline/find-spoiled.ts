import type { BinaryImage } from "../image/images.ts";
import { findRunComponents } from "../image/run-components.ts";
import type { Prediction } from "./page-reading.ts";

/** One box's ink with what is known of it. */
export interface BoxInk {
  readonly image: BinaryImage;
  readonly prompt: string;
  readonly prediction: Prediction | null;
}

export type Spoiled = "crossed-out" | "overwritten" | null;

/** The model reads what was asked for, surely: then a box holds it, however it was written. */
const SURE = 0.7;
/** Loops that no character of ours has; with as much ink as `HEAVY` of the writer's other boxes, fewer do. */
const MANY_HOLES = 5;
const SOME_HOLES = 3;
const HEAVY = 1.5;
/** Ink over the area of its box, of a shape that is not narrow: filled in. */
const FILLED = 0.55;
const NARROW = 0.4;
/** Strokes as thick as this, of the writer's other strokes: written over. */
const THICK = 1.6;
/** Characters made of crossing straight strokes. */
const CROSS_SHAPED = /[xX*+#%&@$KkMWAHN]/;
/** Characters that have a bar across of their own; where the model surely reads one of them, the bar is no strike, and the box a mismatch as others are. */
const BARRED = /[47]/;
const SURE_OF_BAR = 0.9;
/** Share of a straight line from corner to corner that must be ink, and the corners' size. */
const COVERED = 0.92;
const CORNER = 0.2;
/** Share of a struck character's width by which the line stands out on either side. */
const OUTSTANDING = 0.08;
/** Holes smaller than this are pinholes of the threshold. */
const HOLE_PX = 6;

/**
 * Which boxes were crossed out, scribbled over or overwritten, each judged beside the writer's other boxes on the page. Nothing that the model
 * reads surely as its prompt is called spoiled.
 * @param boxes inked boxes of one writer
 */
export function findSpoiled(boxes: readonly BoxInk[]): Spoiled[] {
  const measures = boxes.map(({ image }) => measure(image));
  const usualMass = median(measures.map(({ mass }) => mass));
  const usualWidth = median(measures.map(({ strokePx }) => strokePx));
  return boxes.map((box, i): Spoiled => {
    const { prediction, prompt, image } = box;
    if (prediction !== null && prediction.label === prompt && prediction.probability >= SURE) return null;
    const { holes, mass, density, strokePx, narrow } = measures[i];
    const heavy = mass >= HEAVY * usualMass;
    if (holes >= MANY_HOLES || (holes >= SOME_HOLES && heavy)) return "crossed-out";
    if (density >= FILLED && heavy && !narrow) return "crossed-out";
    if (!narrow && !CROSS_SHAPED.test(prompt) && (isCrossed(image) || (mayBeStruck(prediction) && isStruck(image, strokePx))))
      return "crossed-out";
    return prediction !== null && heavy && strokePx >= THICK * usualWidth ? "overwritten" : null;
  });
}

/** Only where there is an opinion: of letters, many have a bar. */
function mayBeStruck(prediction: Prediction | null): boolean {
  return prediction !== null && !(BARRED.test(prediction.label) && prediction.probability >= SURE_OF_BAR);
}

interface Measures {
  readonly mass: number;
  readonly density: number;
  readonly holes: number;
  /** Twice the area over the outline's length: a stroke's width. */
  readonly strokePx: number;
  readonly narrow: boolean;
}

function measure(image: BinaryImage): Measures {
  const { width, height, data } = image;
  let mass = 0;
  let edge = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      mass++;
      if (x === 0 || data[y * width + x - 1] === 0) edge++;
      if (x === width - 1 || data[y * width + x + 1] === 0) edge++;
      if (y === 0 || data[(y - 1) * width + x] === 0) edge++;
      if (y === height - 1 || data[(y + 1) * width + x] === 0) edge++;
    }
  }
  return {
    mass,
    density: mass / (width * height),
    holes: countHoles(image),
    // An outline of px sides is longer than the curve by 4 / pi on average over its directions.
    strokePx: (2 * mass) / Math.max(1, (edge * Math.PI) / 4),
    narrow: Math.min(width, height) < NARROW * Math.max(width, height),
  };
}

/** Pieces of paper that ink encloses. Paper is followed over its corners too, so that a thin stroke's slanted steps don't close a hole. */
function countHoles({ width, height, data }: BinaryImage): number {
  const paper = { width: width + 2, height: height + 2, data: new Uint8Array((width + 2) * (height + 2)).fill(1) };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) if (data[y * width + x] === 1) paper.data[(y + 1) * (width + 2) + x + 1] = 0;
  return findRunComponents(paper).components.filter(({ area, box }) => area >= HOLE_PX && box[0] > 0).length;
}

/** A straight line across that stands out on both sides, with writing above and below it. */
function isStruck({ width, height, data }: BinaryImage, strokePx: number): boolean {
  const zone = Math.max(2, Math.round(OUTSTANDING * width));
  const ends = [0, width - zone].map((from) => {
    let [top, bottom] = [height, -1];
    for (let y = 0; y < height; y++) {
      if (!data.subarray(y * width + from, y * width + from + zone).includes(1)) continue;
      top = Math.min(top, y);
      bottom = y;
    }
    return { middle: (top + bottom) / 2, extent: bottom - top + 1 };
  });
  if (ends.some(({ middle, extent }) => extent > 2.5 * strokePx || middle < 0.2 * height || middle > 0.8 * height)) return false;
  for (let x = zone; x < width - zone; x++) {
    const y = Math.round(ends[0].middle + ((ends[1].middle - ends[0].middle) * (x - zone / 2)) / (width - zone));
    if (data[y * width + x] === 0) return false;
  }
  return true;
}

/** Two straight lines from corner to corner. */
function isCrossed(image: BinaryImage): boolean {
  return isDiagonal(image, 1) && isDiagonal(image, -1);
}

/** @param turn 1: from the upper left corner to the lower right one; -1: from the upper right to the lower left. */
function isDiagonal({ width, height, data }: BinaryImage, turn: 1 | -1): boolean {
  const [w, h] = [width - 1, height - 1];
  const steps = Math.ceil(Math.hypot(w, h));
  const at = (u: number, v: number): number => data[Math.round(v * h) * width + Math.round((turn === 1 ? u : 1 - u) * w)];
  const places = Array.from({ length: 5 }, (_, i) => (CORNER * i) / 4);
  for (const u0 of places) {
    for (const v0 of places) {
      if (at(u0, v0) === 0) continue;
      for (const u1 of places) {
        for (const v1 of places) {
          if (at(1 - u1, 1 - v1) === 0) continue;
          let ink = 0;
          for (let k = 0; k <= steps; k++) ink += at(u0 + ((1 - u1 - u0) * k) / steps, v0 + ((1 - v1 - v0) * k) / steps);
          if (ink >= COVERED * (steps + 1)) return true;
        }
      }
    }
  }
  return false;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
