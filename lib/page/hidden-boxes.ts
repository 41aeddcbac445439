import type { Box } from "../core/geometry.ts";
import { sortedNumbers } from "../core/sorted-numbers.ts";
import type { LocatedField } from "./locate-lines.ts";
import { type PrintSample, shareSeen, showsLine } from "./measure-print.ts";
import type { RectifiedPage } from "./rectify-page.ts";
import { PX_PER_MM_300 } from "./register-page.ts";

/** A box whose content can't be seen. */
export interface HiddenBox {
  readonly field: string;
  /** 0-based place of the box in its field; null for an undivided field. */
  readonly index: number | null;
  /** A `reflection` is lighter than the paper, a `cover` is not. */
  readonly by: "reflection" | "cover";
}

/** Only where the page's lines show elsewhere can it be told that a box's do not. */
const MIN_PAGE_SEEN = 0.6;
/** Of a box that can be read more than this share of its lines shows: writing over a line or a shadow's edge hides less. */
const MAX_BOX_SEEN = 0.5;
const MIN_SAMPLES = 4;
/** Samples on a box's own lines lie within this of it; boxes are 2 mm apart. */
const AROUND_MM = 0.9;
/** White without any grain, on a page whose paper is not: light thrown back. */
const SATURATED = 252;
const PAPER_BELOW = 244;
const MAX_SATURATED = 0.35;
/** Light thrown back lies over ink and paper alike: lines have less than this of the contrast that they have elsewhere, and their paper is lighter. */
const WASHED_OUT = 0.75;
const LIGHTER = 1.1;

/**
 * The boxes that something hides: their printed lines do not show although those around them do, or a reflection has burnt out a
 * good part of their inside.
 * @param byField the samples of each located field, in order
 */
export function findHiddenBoxes(
  page: RectifiedPage,
  located: readonly LocatedField[],
  byField: readonly (readonly PrintSample[])[],
): HiddenBox[] {
  const all = byField.flat();
  const seen = shareSeen(all);
  if (seen === null || seen < MIN_PAGE_SEEN) return [];
  const shown = all.filter(showsLine);
  const canGlare = quantile(papersOf(shown), 0.5) < PAPER_BELOW;
  // Glare may cover more than half of a page: what is usual is what the darker and the clearer quarter show.
  const usual = { paper: quantile(papersOf(shown), 0.25), contrast: quantile(contrastsOf(shown), 0.75) };
  const hidden: HiddenBox[] = [];
  for (const [i, { field, shift }] of located.entries()) {
    const boxes: readonly (readonly [number | null, Box])[] =
      field.boxes.length > 0 ? field.boxes.map((box, k) => [k, box] as const) : [[null, field.box]];
    for (const [index, [x, y, width, height]] of boxes) {
      const [left, top] = [x + shift[0] / PX_PER_MM_300, y + shift[1] / PX_PER_MM_300];
      const own = byField[i].filter(
        ({ at }) => at.x > left - AROUND_MM && at.x < left + width + AROUND_MM && at.y > top - AROUND_MM && at.y < top + height + AROUND_MM,
      );
      const burnt = canGlare ? saturatedInside(page, [left, top, width, height]) : 0;
      if (own.length >= MIN_SAMPLES && (shareSeen(own) ?? 1) < MAX_BOX_SEEN) {
        hidden.push({ field: field.name, index, by: burnt > 0.1 ? "reflection" : "cover" });
      } else if (burnt > MAX_SATURATED || isWashedOut(own, usual)) {
        hidden.push({ field: field.name, index, by: "reflection" });
      }
    }
  }
  return hidden;
}

function isWashedOut(own: readonly PrintSample[], usual: { readonly paper: number; readonly contrast: number }): boolean {
  if (own.length < MIN_SAMPLES) return false;
  return quantile(papersOf(own), 0.5) > LIGHTER * usual.paper && quantile(contrastsOf(own), 0.5) < WASHED_OUT * usual.contrast;
}

function papersOf(samples: readonly PrintSample[]): number[] {
  return samples.map(({ paper }) => paper);
}

function contrastsOf(samples: readonly PrintSample[]): number[] {
  return samples.map(({ contrast }) => contrast);
}

function quantile(values: readonly number[], share: number): number {
  return sortedNumbers(values)[Math.min(values.length - 1, Math.floor(share * values.length))];
}

/** Share of saturated px inside a box, every third row and column. */
function saturatedInside({ print, originMm }: RectifiedPage, [x, y, width, height]: Box): number {
  const x0 = Math.max(0, Math.round((x - originMm.x) * PX_PER_MM_300));
  const y0 = Math.max(0, Math.round((y - originMm.y) * PX_PER_MM_300));
  const x1 = Math.min(print.width, Math.round((x + width - originMm.x) * PX_PER_MM_300));
  const y1 = Math.min(print.height, Math.round((y + height - originMm.y) * PX_PER_MM_300));
  let saturated = 0;
  let seen = 0;
  for (let py = y0; py < y1; py += 3) {
    for (let px = x0; px < x1; px += 3, seen++) if (print.data[py * print.width + px] >= SATURATED) saturated++;
  }
  return saturated / Math.max(1, seen);
}
