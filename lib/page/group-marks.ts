import { buildCard } from "../card/build-card.ts";
import { type CardPage, PAPERS } from "../card/card-manifest.ts";
import type { Point } from "../core/geometry.ts";
import type { FoundFiducial } from "./find-fiducials.ts";
import { registerPage } from "./register-page.ts";

/** A curled or folded card's marks lie this far from where a flat one's would; those of two cards taken together lie centimetres off. */
const MAX_RESIDUAL_MM = 3;
/** So many of one id are tried, the best matches first: (n + 1)^4 combinations. */
const MAX_OF_ONE_ID = 4;
/** A missing mark counts as much as this residual, so that four marks that fit are preferred to three of them. */
const MISSING_COST_MM = 1;

/**
 * The marks of each card in the picture, the card nearest to its top left first. Where no id turns up twice, all marks are one
 * card's. Else three or four different marks are a card where they lie as one card's do: right distances for their own size, right
 * handedness, whatever the view. Two or more marks left over are a card that can't be seen whole; a single one is left out (a
 * neighbour's corner, or a pattern that happens to look like a mark).
 */
export function groupMarks(found: readonly FoundFiducial[]): FoundFiducial[][] {
  const byId = [0, 1, 2, 3].map((id) =>
    found
      .filter((mark) => mark.id === id)
      .sort((a, b) => a.wrongBits - b.wrongBits)
      .slice(0, MAX_OF_ONE_ID),
  );
  if (byId.every((marks) => marks.length <= 1)) return found.length === 0 ? [] : [[...found]];

  const candidates: { marks: FoundFiducial[]; cost: number }[] = [];
  const pages = PAPERS.map((paper) => buildCard({ template: "digits", paper, seed: 0, dropOut: "none" }).pages[0]);
  for (const marks of combinations(byId)) {
    const residual = Math.min(...pages.map((page) => residualMm(marks, page)));
    if (residual <= MAX_RESIDUAL_MM) candidates.push({ marks, cost: residual + (4 - marks.length) * MISSING_COST_MM });
  }
  candidates.sort((a, b) => a.cost - b.cost);
  const taken = new Set<FoundFiducial>();
  const cards: FoundFiducial[][] = [];
  for (const { marks } of candidates) {
    if (marks.some((mark) => taken.has(mark))) continue;
    for (const mark of marks) taken.add(mark);
    cards.push(marks);
  }
  const left = byId.map((marks) => marks.find((mark) => !taken.has(mark))).filter((mark) => mark !== undefined);
  if (left.length > 1 || cards.length === 0) cards.push(left);
  return cards.sort((a, b) => fromTopLeft(a) - fromTopLeft(b));
}

/** All choices of one mark of each id, with at most one id left out. */
function combinations(byId: readonly (readonly FoundFiducial[])[]): FoundFiducial[][] {
  let all: (FoundFiducial | null)[][] = [[]];
  for (const marks of byId) all = all.flatMap((chosen) => [...marks, null].map((mark) => [...chosen, mark]));
  return all.map((chosen) => chosen.filter((mark) => mark !== null)).filter((marks) => marks.length >= 3);
}

function residualMm(marks: readonly FoundFiducial[], page: CardPage): number {
  const registration = registerPage(marks, page);
  // Fewer used than given: one of them contradicts the others.
  if (registration === null || registration.used.length < marks.length) return Number.POSITIVE_INFINITY;
  const { mmToPx, residualPx, pxPerMm } = registration;
  const corners: Point[] = [
    { x: 0, y: 0 },
    { x: page.widthMm, y: 0 },
    { x: page.widthMm, y: page.heightMm },
    { x: 0, y: page.heightMm },
  ];
  const inFront = corners.every(({ x, y }) => mmToPx[6] * x + mmToPx[7] * y + mmToPx[8] > 0);
  const [a, b, c, d, e, f, g, h, i] = mmToPx;
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return inFront && determinant > 0 ? residualPx / pxPerMm : Number.POSITIVE_INFINITY;
}

function fromTopLeft(marks: readonly FoundFiducial[]): number {
  let sum = 0;
  for (const { corners } of marks) for (const { x, y } of corners) sum += (x + y) / (4 * marks.length);
  return sum;
}
