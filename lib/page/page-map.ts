import type { Point } from "../core/geometry.ts";
import { applyHomography, type Homography } from "../image/homography.ts";
import { type BendField, evaluateBend } from "./bend-field.ts";

/** From a card's mm to the scan's px: first the bend of the paper (null where it lies flat), then the camera's or scanner's view. */
export interface PageMap {
  readonly mmToPx: Homography;
  readonly bend: BendField | null;
}

export function mapToScan({ mmToPx, bend }: PageMap, mm: Point): Point {
  if (bend === null) return applyHomography(mmToPx, mm);
  const [dx, dy] = evaluateBend(bend, mm.x, mm.y);
  return applyHomography(mmToPx, { x: mm.x + dx, y: mm.y + dy });
}
