import type { Box, Point } from "../core/geometry.ts";
import { applyHomography, type Homography } from "../image/homography.ts";

/** Rectified px -> scan px, of a flat or of a bent page. */
type ToScan = Homography | ((px: Point) => Point);

/** A box of the rectified page as a four-sided shape in scan px, clockwise from its top left as printed; to a tenth of a px. */
export function scanOutline(toScan: ToScan, [x, y, width, height]: Box): [number, number][] {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ].map((corner) => {
    const p = typeof toScan === "function" ? toScan(corner) : applyHomography(toScan, corner);
    return [Math.round(10 * p.x) / 10, Math.round(10 * p.y) / 10];
  });
}

/** The axis-parallel box in whole scan px around a box of the rectified page. */
export function scanBounds(toScan: ToScan, box: Box): Box {
  const outline = scanOutline(toScan, box);
  const xs = outline.map((p) => p[0]);
  const ys = outline.map((p) => p[1]);
  const left = Math.floor(Math.min(...xs));
  const top = Math.floor(Math.min(...ys));
  return [left, top, Math.ceil(Math.max(...xs)) - left, Math.ceil(Math.max(...ys)) - top];
}
