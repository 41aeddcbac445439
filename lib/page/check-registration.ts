import type { CardPage } from "../card/card-manifest.ts";
import type { GrayImage } from "../image/images.ts";
import type { BendField } from "./bend-field.ts";
import { mapToScan } from "./page-map.ts";
import type { PageRegistration } from "./register-page.ts";

export interface QualityProblem {
  readonly code: "low-resolution" | "low-quality" | "fiducials-missing";
  readonly message: string;
}

/** 85 dpi: below, a pen's stroke is one pixel wide. */
const MIN_PX_PER_MM = 85 / 25.4;
/** A bent or folded sheet's marks fit a flat one to within this, and its bend is then followed; more are marks of two cards. */
const MAX_RESIDUAL_MM = 4;

/** Whether a registered page can be read right: enough px per mm, marks that agree, no field cut off. Null where it can. */
export function checkRegistration(
  image: GrayImage,
  page: CardPage,
  registration: PageRegistration,
  bend: BendField | null = null,
): QualityProblem | null {
  const { pxPerMm, residualPx, mmToPx } = registration;
  if (pxPerMm < MIN_PX_PER_MM) {
    return {
      code: "low-resolution",
      message: `The card has only ${Math.round(pxPerMm * 25.4)} dpi in this picture; at least 100 are needed, 300 are best. Scan at 300 dpi, or photograph it so that it fills the picture.`,
    };
  }
  if (residualPx > MAX_RESIDUAL_MM * pxPerMm) {
    return {
      code: "low-quality",
      message: `The corner marks do not fit together (they are ${(residualPx / pxPerMm).toFixed(1)} mm off): the page is bent, folded, or two cards overlap. Lay it flat and scan it alone.`,
    };
  }
  for (const {
    name,
    box: [x, y, width, height],
  } of page.fields) {
    for (const corner of [
      { x, y },
      { x: x + width, y },
      { x, y: y + height },
      { x: x + width, y: y + height },
    ]) {
      const p = mapToScan({ mmToPx, bend }, corner);
      if (p.x < 0 || p.y < 0 || p.x > image.width || p.y > image.height) {
        return { code: "low-quality", message: `Field ${name} is cut off at the picture's edge. Scan or photograph the whole card.` };
      }
    }
  }
  return null;
}
