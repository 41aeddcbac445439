import { buildCard } from "../card/build-card.ts";
import { decodeCardCode, decodePagePayload } from "../card/card-code.ts";
import { type Card, type CardPage, PAPERS, type Paper } from "../card/card-manifest.ts";
import type { DropOut } from "../card/card-spec.ts";
import type { Point } from "../core/geometry.ts";
import { InkformError } from "../core/inkform-error.ts";
import { applyHomography, type Homography, invertHomography } from "../image/homography.ts";
import type { GrayImage } from "../image/images.ts";
import { shrinkGray } from "../image/shrink.ts";
import { CODE_AREA_MM, codeViews } from "./code-views.ts";
import type { FoundFiducial } from "./find-fiducials.ts";
import type { Quad } from "./find-quads.ts";
import { registerPage } from "./register-page.ts";

/** The card that a page belongs to, rebuilt from its printed code. */
export interface PageCard {
  readonly card: Card;
  readonly dropOut: DropOut;
  /** 0-based. */
  readonly pageIndex: number;
  readonly page: CardPage;
  /** The code's outer corners, without its quiet zone: top left, top right, bottom right, bottom left as printed; scan px, to about a module. */
  readonly codeCorners: Quad;
  /** Modules along one side of the code where it was read itself, not its text. */
  readonly codeModules?: number;
}

export type PageCodeResult =
  | { readonly found: PageCard }
  /** `unreadable`: no code was read; `invalid`: one was, but it is no card's of this version. */
  | { readonly found: null; readonly problem: "unreadable" | "invalid"; readonly message: string };

export interface FoundCode {
  readonly text: string;
  /** Modules along one side of the symbol. */
  readonly modules: number;
  /** Outer corners of the symbol: top left, top right, bottom right, bottom left as printed; px of the image. */
  readonly corners: Quad;
}

/** All machine-readable codes (QR) in an image. */
export type ReadCodes = (image: GrayImage) => Promise<FoundCode[]>;

const WHOLE_IMAGE_PX = 2000;
/** A code found in the whole image belongs to the marks' card where its middle lies in the code's area, or this near to it. */
const CODE_SLACK_MM = 12;

/**
 * Reads the page's machine-readable code and rebuilds its card. The code stands at the lower left mark on every paper; with three
 * marks the place is rectified and read there in several ways, for each paper size in turn. Failing that, the whole image is searched; a
 * code that does not stand where the marks' card has its own is another card's.
 */
export async function readPageCode(image: GrayImage, found: readonly FoundFiducial[], readCodes: ReadCodes): Promise<PageCodeResult> {
  let invalid: string | null = null;
  const marks = new Set(found.map(({ id }) => id)).size;
  for await (const { text, corners, modules } of candidateCodes(image, found, readCodes)) {
    try {
      const { code, page: pageIndex } = decodePagePayload(text);
      const spec = decodeCardCode(code);
      const card = buildCard(spec);
      const page = card.pages[pageIndex];
      // Two marks don't say where their card's code stands; but the code must fit to them.
      const fits = marks !== 2 || (page && registerPage(found, page, { corners, modules }) !== null);
      if (page && fits) return { found: { card, dropOut: spec.dropOut, pageIndex, page, codeCorners: corners, codeModules: modules } };
      if (page) continue;
      invalid = `the code names page ${pageIndex + 1} of a card that has ${card.pages.length}`;
    } catch (error) {
      if (!(error instanceof InkformError)) throw error;
      invalid = error.message;
    }
  }
  if (invalid !== null) return { found: null, problem: "invalid", message: invalid };
  return { found: null, problem: "unreadable", message: "no code could be read" };
}

async function* candidateCodes(image: GrayImage, found: readonly FoundFiducial[], readCodes: ReadCodes): AsyncGenerator<FoundCode> {
  const papers = papersByFit(found);
  for (const paper of papers) {
    for (const view of codeViews(image, paper.page, paper.mmToPx)) {
      for (const code of await readCodes(view.image)) yield moved(code, view.toScan);
    }
  }
  const factor = Math.max(1, Math.round(Math.max(image.width, image.height) / WHOLE_IMAGE_PX));
  for (const f of factor > 1 ? [factor, 1] : [1]) {
    for (const code of await readCodes(shrinkGray(image, f))) {
      const placed = moved(code, Float64Array.of(f, 0, 0, 0, f, 0, 0, 0, 1));
      if (papers.length === 0 || papers.some((paper) => standsAtItsPlace(placed.corners, paper))) yield placed;
    }
  }
}

function moved({ corners, ...code }: FoundCode, map: Homography): FoundCode {
  const [a, b, c, d] = corners.map((corner) => applyHomography(map, corner));
  return { ...code, corners: [a, b, c, d] };
}

function standsAtItsPlace(corners: Quad, { page, mmToPx }: { page: CardPage; mmToPx: Homography }): boolean {
  const middle: Point = {
    x: corners.reduce((sum, corner) => sum + corner.x / 4, 0),
    y: corners.reduce((sum, corner) => sum + corner.y / 4, 0),
  };
  const { x, y } = applyHomography(invertHomography(mmToPx), middle);
  const { left, width, height, below } = CODE_AREA_MM;
  const [right, bottom] = [left + width, page.heightMm - below];
  return x > left - CODE_SLACK_MM && x < right + CODE_SLACK_MM && y > bottom - height - CODE_SLACK_MM && y < bottom + CODE_SLACK_MM;
}

/** A paper size on which the marks can be registered. */
export interface PaperFit {
  readonly paper: Paper;
  /** Some page of that paper: its marks and its code's place are those of every page. */
  readonly page: CardPage;
  /** Card mm -> scan px. */
  readonly mmToPx: Homography;
  readonly residualPx: number;
}

/** Each paper that the marks can be registered on, the better fit first. */
export function papersByFit(found: readonly FoundFiducial[]): PaperFit[] {
  return PAPERS.flatMap((paper) => {
    const page = buildCard({ template: "digits", paper, seed: 0, dropOut: "none" }).pages[0];
    const registration = registerPage(found, page);
    return registration ? [{ paper, page, mmToPx: registration.mmToPx, residualPx: registration.residualPx }] : [];
  }).sort((a, b) => a.residualPx - b.residualPx);
}
