import type { CardPage } from "../card/card-manifest.ts";
import type { Point } from "../core/geometry.ts";
import type { GrayImage } from "../image/images.ts";
import type { BendField } from "./bend-field.ts";
import { type BoxPlace, nameBoxes } from "./name-boxes.ts";
import { mapToScan } from "./page-map.ts";
import type { PageRegistration } from "./register-page.ts";

export interface QualityProblem {
  readonly code: "low-resolution" | "low-quality" | "fiducials-missing";
  readonly message: string;
}

/** At 86 dpi every box is still read right, at 80 dpi 89 % (lib/page/README.md). */
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
      message: `The card has only ${Math.round(pxPerMm * 25.4)} dpi in this picture: go nearer, so that it fills the picture, or scan it at 300 dpi. At least 100 are needed.`,
    };
  }
  if (residualPx > MAX_RESIDUAL_MM * pxPerMm) {
    return {
      code: "low-quality",
      message: `The corner marks do not fit together (they are ${(residualPx / pxPerMm).toFixed(1)} mm off): the page is bent, folded, or two cards overlap. Lay it flat and scan it alone.`,
    };
  }
  return checkCutOff(image, page, (mm) => mapToScan({ mmToPx, bend }, mm));
}

/** A box is cut off where a corner of it lies outside the picture; an undivided field likewise. */
function checkCutOff(image: GrayImage, page: CardPage, toScan: (mm: Point) => Point): QualityProblem | null {
  const cut: BoxPlace[] = [];
  const edges = new Set<string>();
  for (const { name, box, boxes } of page.fields) {
    for (const [index, [x, y, width, height]] of boxes.length > 0 ? boxes.entries() : [[null, box] as const]) {
      const outside = [
        { x, y },
        { x: x + width, y },
        { x, y: y + height },
        { x: x + width, y: y + height },
      ].flatMap((corner) => edgesBeyond(image, toScan(corner)));
      if (outside.length === 0) continue;
      cut.push({ field: name, index });
      for (const edge of outside) edges.add(edge);
    }
  }
  if (cut.length === 0) return null;
  const where = `the picture's ${[...edges].join(" and ")} edge`;
  const names = nameBoxes(cut, page);
  return {
    code: "low-quality",
    message: `${names[0].toUpperCase()}${names.slice(1)} ${cut.length === 1 ? "is" : "are"} cut off at ${where}. Scan or photograph the whole card.`,
  };
}

function edgesBeyond({ width, height }: GrayImage, { x, y }: Point): string[] {
  const edges: string[] = [];
  if (x < 0) edges.push("left");
  if (x > width) edges.push("right");
  if (y < 0) edges.push("upper");
  if (y > height) edges.push("lower");
  return edges;
}
