import type { Box } from "../core/geometry.ts";
import type { LocatedField } from "./locate-lines.ts";
import type { RectifiedPage } from "./rectify-page.ts";
import { PX_PER_MM_300 } from "./register-page.ts";

/** Where one character (or an undivided field's writing) is looked for, in whole px of the rectified page. */
export interface Region {
  /** The printed box as found on its lines. */
  readonly box: Box;
  /** The box and the paper around it that is nearer to it than to another; ink here is its writer's. */
  readonly territory: Box;
  /** Light is thrown back there: how dark its ink is says nothing. */
  readonly washedOut?: boolean;
}

/** Half of the least gap between rows. */
const REACH_Y_MM = 1;
const REACH_X_MM = 2;

/** One region for each box of a field, in order; one for the whole field where it is undivided. */
export function fieldRegions(page: RectifiedPage, { field, shift }: LocatedField): Region[] {
  const [, top] = field.box;
  const toPx = (left: number, up: number, right: number, down: number): Box => {
    const x0 = Math.round((left - page.originMm.x) * PX_PER_MM_300 + shift[0]);
    const y0 = Math.round((up - page.originMm.y) * PX_PER_MM_300 + shift[1]);
    const x1 = Math.round((right - page.originMm.x) * PX_PER_MM_300 + shift[0]);
    const y1 = Math.round((down - page.originMm.y) * PX_PER_MM_300 + shift[1]);
    return [x0, y0, x1 - x0, y1 - y0];
  };
  const boxes = field.boxes.length > 0 ? field.boxes : [field.box];
  return boxes.map((box, i) => {
    const [left, up, w, h] = box;
    const before = i > 0 ? (left - boxes[i - 1][0] - boxes[i - 1][2]) / 2 : REACH_X_MM;
    const after = i + 1 < boxes.length ? (boxes[i + 1][0] - left - w) / 2 : REACH_X_MM;
    return {
      box: toPx(left, up, left + w, up + h),
      // Up to the top of the field: a box's head, with its prompt, belongs to the box.
      territory: toPx(
        left - Math.min(before, REACH_X_MM),
        Math.min(up, top) - REACH_Y_MM,
        left + w + Math.min(after, REACH_X_MM),
        up + h + REACH_Y_MM,
      ),
    };
  });
}
