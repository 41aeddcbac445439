import { buildPageFrame } from "../card/page-frame.ts";
import { InkformError } from "../core/inkform-error.ts";
import { applyHomography, type Homography, invertHomography, multiplyHomography } from "../image/homography.ts";
import type { GrayImage } from "../image/images.ts";
import type { PageRaster } from "../image/page-raster.ts";
import { warpGray } from "../image/warp.ts";
import { type FoundFiducial, findFiducials } from "../page/find-fiducials.ts";
import { markQuad } from "../page/find-mark-near.ts";
import { pageOfTypedCode, type TypedCard } from "../page/page-of-typed-code.ts";
import { codeCorners, type ReadPrint, readCodeText } from "../page/read-code-text.ts";
import { type PageCard, papersByFit, type ReadCodes, readPageCode } from "../page/read-page-code.ts";
import { CROSSED_CORNERS, type HandCorners, registerByHand, roughMap } from "../page/register-by-hand.ts";
import type { PageReading, RejectionCode } from "./page-reading.ts";
import { rejectPage } from "./reject-page.ts";

/** What a person said about a page that could not be read, or was read wrong. */
export interface ByHand {
  /** Scan px of the centres of the card's four corner marks: top left, top right, bottom right, bottom left as printed. */
  readonly corners?: HandCorners;
  /** The card's text code as typed, with `/2` behind it for a card's second page. */
  readonly code?: string;
}

export type HandLocation =
  | { readonly rejection: PageReading }
  | {
      readonly rejection: null;
      readonly card: PageCard;
      readonly marks: readonly FoundFiducial[];
      /** How well the printed lines fit, where marks had to be made up: these fit themselves. */
      readonly residualMm: number | null;
      /** The code is known by OCR of its text alone. */
      readonly fromText: boolean;
    };

interface Deps {
  readonly readCodes: ReadCodes;
  readonly readPrint?: ReadPrint;
  /** Corner marks of the card meant, or of all in the picture where corners tell which. */
  readonly fiducials?: readonly FoundFiducial[];
}

/** Where the code is looked for: the card between the hand's corners, and a little more. */
const VIEW_PX_PER_MM = 10;
const VIEW_MARGIN_MM = 8;

/**
 * Which card a page is of, and where it lies, with a person's help. What can be seen in the picture still counts: a typed code that contradicts the
 * printed one is refused, and corners are checked on marks and lines (`registerByHand`).
 */
export async function locateByHand(raster: PageRaster, { corners, code }: ByHand, deps: Deps): Promise<HandLocation> {
  const found = deps.fiducials ?? findFiducials(raster.gray);
  let typed: TypedCard | null = null;
  try {
    if (code !== undefined) typed = pageOfTypedCode(code);
  } catch (error) {
    if (!(error instanceof InkformError)) throw error;
    return refuse("code-invalid", `The code typed is wrong: ${error.message}.`);
  }
  const view = corners === undefined ? { image: raster.gray, marks: found, toScan: null } : viewBetween(raster, corners);
  if (view === null) return refuse("fiducials-missing", CROSSED_CORNERS);
  let printed = await readPageCode(view.image, view.marks, deps.readCodes);
  // Corners in another order than printed: the code is between them, but elsewhere.
  if (printed.found === null && view.toScan !== null) printed = await readPageCode(view.image, [], deps.readCodes);
  if (printed.found === null && printed.problem === "invalid" && typed === null) {
    return refuse("code-invalid", `The card's code was read, but it is not one of this program's: ${printed.message}.`);
  }
  const byText =
    printed.found === null && typed === null && deps.readPrint
      ? await readCodeText(view.image, papersByFit(view.marks), deps.readPrint)
      : null;
  const seen = printed.found ?? byText;
  if (typed === null && seen === null) return refuse("code-unreadable", UNREADABLE);
  const mmToView = papersByFit(view.marks)[0]?.mmToPx;
  const agreed = typed === null ? seen : agree(typed, seen, mmToView);
  if (typeof agreed === "string") return refuse("code-invalid", agreed);
  if (agreed === null) return refuse("fiducials-missing", TOO_FEW_MARKS);
  const card = view.toScan === null ? agreed : inScan(agreed, view.toScan);
  const fromText = typed === null && byText !== null;
  if (corners === undefined) return { rejection: null, card, marks: found, residualMm: null, fromText };
  const registered = registerByHand(raster, corners, card, found);
  if (registered.marks === null) return { rejection: rejectPage("fiducials-missing", registered.message, card.card) };
  return { rejection: null, card, marks: registered.marks, residualMm: registered.residualMm, fromText };
}

const UNREADABLE =
  "The card's square code, at its lower left, can't be read, nor the text code printed right of it. Type the text code: it stands at the card's foot, in groups of four characters.";
const TOO_FEW_MARKS =
  "Fewer than three of the card's four corner marks can be seen. Set the four corners by hand, and press the button again.";

/** The card between the corners, upright, with marks where they are meant: another card in the same picture has a code too. Null where they span no card. */
function viewBetween(
  { gray }: PageRaster,
  corners: HandCorners,
): { image: GrayImage; marks: readonly FoundFiducial[]; toScan: Homography } | null {
  // The paper is not known yet; on the other one the view is stretched by a few percent, which a square code bears.
  const { widthMm, heightMm, fiducials } = buildPageFrame("a4", "");
  const rough = roughMap(fiducials, corners);
  if (rough === null) return null;
  const s = 1 / VIEW_PX_PER_MM;
  const toMm = Float64Array.of(s, 0, -VIEW_MARGIN_MM, 0, s, -VIEW_MARGIN_MM, 0, 0, 1);
  const size = (mm: number): number => Math.ceil((mm + 2 * VIEW_MARGIN_MM) * VIEW_PX_PER_MM);
  const toScan = multiplyHomography(rough, toMm);
  const mmToView = invertHomography(toMm);
  return {
    image: warpGray(gray, toScan, size(widthMm), size(heightMm)),
    marks: fiducials.map((mark) => ({ id: mark.id, corners: markQuad(mmToView, mark), wrongBits: 0 })),
    toScan,
  };
}

function inScan(card: PageCard, toScan: Homography): PageCard {
  const [a, b, c, d] = card.codeCorners.map((corner) => applyHomography(toScan, corner));
  return { ...card, codeCorners: [a, b, c, d] };
}

/** The typed card, or why it can't be: the printed code, where it can be read, is the better witness. Null where nothing says where the card lies. */
function agree(typed: TypedCard, printed: PageCard | null, mmToView: Homography | undefined): PageCard | string | null {
  const { card, dropOut } = typed;
  if (printed !== null && printed.card.code !== card.code) {
    return `The square code on this card says ${printed.card.code}, but ${card.code} was typed. Leave the code empty, or check that these corners are this card's.`;
  }
  const pageIndex = typed.pageIndex ?? printed?.pageIndex ?? null;
  if (pageIndex === null) {
    return `The card ${card.code} has ${card.pages.length} pages. Type the page behind the code, as ${card.code}/1: its number is printed at the foot.`;
  }
  if (printed !== null && printed.pageIndex !== pageIndex) {
    return `The square code says that this is page ${printed.pageIndex + 1} of the card, but page ${pageIndex + 1} was typed. Leave the code empty.`;
  }
  if (printed !== null) return printed;
  if (mmToView === undefined) return null;
  const page = card.pages[pageIndex];
  return { card, dropOut, pageIndex, page, codeCorners: codeCorners(page, mmToView) };
}

function refuse(code: RejectionCode, message: string): HandLocation {
  return { rejection: rejectPage(code, message) };
}
