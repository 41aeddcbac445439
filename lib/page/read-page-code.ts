import { buildCard } from "../card/build-card.ts";
import { decodeCardCode, decodePagePayload } from "../card/card-code.ts";
import { type Card, type CardPage, PAPERS } from "../card/card-manifest.ts";
import type { DropOut } from "../card/card-spec.ts";
import { InkformError } from "../core/inkform-error.ts";
import { multiplyHomography } from "../image/homography.ts";
import type { GrayImage } from "../image/images.ts";
import { shrinkGray } from "../image/shrink.ts";
import { warpGray } from "../image/warp.ts";
import type { FoundFiducial } from "./find-fiducials.ts";
import { registerPage } from "./register-page.ts";

/** The card that a page belongs to, rebuilt from its printed code. */
export interface PageCard {
  readonly card: Card;
  readonly dropOut: DropOut;
  /** 0-based. */
  readonly pageIndex: number;
  readonly page: CardPage;
}

export type PageCodeResult =
  | { readonly found: PageCard }
  /** `unreadable`: no code was read; `invalid`: one was, but it is no card's of this version. */
  | { readonly found: null; readonly problem: "unreadable" | "invalid"; readonly message: string };

/** Texts of all machine-readable codes (QR) in an image. */
export type ReadCodes = (image: GrayImage) => Promise<string[]>;

/** Around the largest code box that a card can have, with a margin for paper taken for another size. */
const CODE_AREA_MM = { left: 19, width: 48, height: 48, below: 5 } as const;
/** Modules are at least 0.4 mm: 4.8 px. */
const CODE_PX_PER_MM = 12;
const WHOLE_IMAGE_PX = 2000;

/**
 * Reads the page's machine-readable code and rebuilds its card. The code stands at the lower left mark on every paper; with three
 * marks the place is rectified and read there, for each paper size in turn. Failing that, the whole image is searched.
 */
export async function readPageCode(image: GrayImage, found: readonly FoundFiducial[], readCodes: ReadCodes): Promise<PageCodeResult> {
  let invalid: string | null = null;
  for await (const text of candidateTexts(image, found, readCodes)) {
    try {
      const { code, page: pageIndex } = decodePagePayload(text);
      const spec = decodeCardCode(code);
      const card = buildCard(spec);
      const page = card.pages[pageIndex];
      if (page) return { found: { card, dropOut: spec.dropOut, pageIndex, page } };
      invalid = `the code names page ${pageIndex + 1} of a card that has ${card.pages.length}`;
    } catch (error) {
      if (!(error instanceof InkformError)) throw error;
      invalid = error.message;
    }
  }
  if (invalid !== null) return { found: null, problem: "invalid", message: invalid };
  return { found: null, problem: "unreadable", message: "no code could be read" };
}

async function* candidateTexts(image: GrayImage, found: readonly FoundFiducial[], readCodes: ReadCodes): AsyncGenerator<string> {
  for (const paper of papersByFit(found)) {
    const { left, width, height, below } = CODE_AREA_MM;
    const s = 1 / CODE_PX_PER_MM;
    const toMm = Float64Array.of(s, 0, left, 0, s, paper.page.heightMm - below - height, 0, 0, 1);
    const area = warpGray(image, multiplyHomography(paper.mmToPx, toMm), width * CODE_PX_PER_MM, height * CODE_PX_PER_MM);
    yield* await readCodes(area);
  }
  const factor = Math.max(1, Math.round(Math.max(image.width, image.height) / WHOLE_IMAGE_PX));
  yield* await readCodes(shrinkGray(image, factor));
  if (factor > 1) yield* await readCodes(image);
}

/** A page of each paper that the marks can be registered on, the better fit first. */
function papersByFit(found: readonly FoundFiducial[]) {
  return PAPERS.flatMap((paper) => {
    const page = buildCard({ template: "digits", paper, seed: 0, dropOut: "none" }).pages[0];
    const registration = registerPage(found, page);
    return registration ? [{ page, mmToPx: registration.mmToPx, residualPx: registration.residualPx }] : [];
  }).sort((a, b) => a.residualPx - b.residualPx);
}
