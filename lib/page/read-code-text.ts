import { buildCard } from "../card/build-card.ts";
import { decodeCardCode } from "../card/card-code.ts";
import type { Card, CardPage } from "../card/card-manifest.ts";
import { buildPageFrame } from "../card/page-frame.ts";
import type { Box, Point } from "../core/geometry.ts";
import { InkformError } from "../core/inkform-error.ts";
import { applyHomography, type Homography, multiplyHomography } from "../image/homography.ts";
import type { BinaryImage, GrayImage } from "../image/images.ts";
import { thresholdLocal } from "../image/threshold-local.ts";
import { warpGray } from "../image/warp.ts";
import type { Quad } from "./find-quads.ts";
import type { PageCard, PaperFit } from "./read-page-code.ts";

/** OCR of one printed line, dark on light, that holds only the given characters. */
export type ReadPrint = (line: GrayImage, characters: string) => Promise<string>;

/** Crockford's alphabet and the dash between groups. */
const CODE_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ-";
const PAGE_CHARACTERS = "Page of0123456789";
/** Longer codes are printed on several lines. */
const LONGEST_LINE = 40;
/** The usual code is in 11 pt; longer ones and the page number are in 7 pt. */
const PX_PER_MM = 400 / 25.4;
const SMALL_PX_PER_MM = 640 / 25.4;
/** The line's base lies 5 mm below the footer's top; its characters are 2.2 mm high. */
const LINE_MM = { above: 4.5, height: 6.5, left: 1, width: 92 } as const;
/** Characters that OCR takes for each other in small type, and those that it does so now and then. */
const TWINS: Readonly<Record<string, string>> = { "2": "Z", Z: "2", "8": "B", B: "8", "5": "S", S: "5" };
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  "0": "DQ6",
  "1": "7",
  "4": "A",
  "6": "G0",
  "7": "1Z",
  "8": "S",
  A: "4",
  B: "R",
  C: "G",
  D: "0",
  E: "F",
  F: "EP",
  G: "6C",
  M: "N",
  N: "M",
  P: "F",
  Q: "0",
  R: "B",
  S: "8",
  V: "Y",
  W: "VM",
  Y: "V",
  Z: "7",
};
/** Readings tried at most: the check lets one wrong reading in 32,768 pass. */
const MAX_TRIED = 128;

/**
 * The card of a page whose square code can't be read, from the text code printed beside it: one line of up to 40 characters. The
 * code's own check (15 bits) decides whether a reading is right; the number of a page among several is read from its print.
 * @param papers the paper sizes that the marks can be registered on, the better fit first
 * @returns null where no reading is a card's code
 */
export async function readCodeText(image: GrayImage, papers: readonly PaperFit[], readPrint: ReadPrint): Promise<PageCard | null> {
  for (const { paper, mmToPx } of papers) {
    const [x, y, width] = buildPageFrame(paper, "").footer;
    const top = y + 5 - LINE_MM.above;
    const place = [x - LINE_MM.left, top, LINE_MM.width, LINE_MM.height] as const;
    const line = cutLine(image, mmToPx, place, PX_PER_MM);
    for (const view of [line, blackOnWhite(thresholdLocal(line)), cutLine(image, mmToPx, place, SMALL_PX_PER_MM)]) {
      const card = decodeReading(await readPrint(view, CODE_CHARACTERS));
      if (card === null || card.paper !== paper) continue;
      const pageIndex = card.pages.length === 1 ? 0 : await readPageNumber(image, mmToPx, { right: x + width, top }, card, readPrint);
      if (pageIndex === null) continue;
      const codePage = card.pages[pageIndex];
      return { card, dropOut: decodeCardCode(card.code).dropOut, pageIndex, page: codePage, codeCorners: codeCorners(codePage, mmToPx) };
    }
  }
  return null;
}

/** The card of the first candidate that passes the code's check. */
function decodeReading(reading: string): Card | null {
  for (const candidate of candidates(reading)) {
    try {
      return buildCard(decodeCardCode(candidate));
    } catch (error) {
      if (!(error instanceof InkformError)) throw error;
    }
  }
  return null;
}

/** The code as read, then with twins exchanged (all ways, few exchanges first), then with one other look-alike. */
function candidates(reading: string): string[] {
  // A character read as both of two twins gives a group of five.
  const tidy = reading.replace(/\s/g, "").replace(/[0-9A-Z]{5}/g, (group) => group.replace(/(?:2Z|Z2|8B|B8|5S|S5)/, (pair) => pair[0]));
  // Groups of four as printed, so that a stroke beside the code is no character of it.
  const text = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2,}(?:-[0-9A-Z]{1,3})?/.exec(tidy)?.[0];
  if (text === undefined || text.length > LONGEST_LINE) return [];
  const twins = [...text].flatMap((character, i) => (TWINS[character] ? [i] : [])).slice(0, 10);
  const subsets = Array.from({ length: 2 ** twins.length }, (_, bits) => twins.filter((_, k) => (bits >> k) % 2 === 1));
  const exchanged = subsets
    .sort((a, b) => a.length - b.length)
    .map((subset) => [...text].map((character, i) => (subset.includes(i) ? TWINS[character] : character)).join(""));
  const others = [...text].flatMap((character, i) =>
    [...(LOOK_ALIKE[character] ?? "")].map((other) => text.slice(0, i) + other + text.slice(i + 1)),
  );
  return [...exchanged.slice(0, MAX_TRIED - others.length), ...others];
}

/** Where the square code stands, though it can't be read: its box without the quiet zone of about an eighth. */
export function codeCorners({ codeBox: [x, y, size] }: CardPage, mmToPx: Homography): Quad {
  const [near, far] = [0.12 * size, 0.88 * size];
  const at = (dx: number, dy: number): Point => applyHomography(mmToPx, { x: x + dx, y: y + dy });
  return [at(near, near), at(far, near), at(far, far), at(near, far)];
}

/** "Page 2 of 3" at the footer's right end; the count must be the card's. */
async function readPageNumber(
  image: GrayImage,
  mmToPx: Homography,
  place: { right: number; top: number },
  card: Card,
  readPrint: ReadPrint,
): Promise<number | null> {
  const line = cutLine(image, mmToPx, [place.right - 55, place.top, 56, LINE_MM.height], SMALL_PX_PER_MM);
  const match = /Page\s*(\d+)\s*of\s*(\d+)/.exec(await readPrint(line, PAGE_CHARACTERS));
  if (match === null || Number(match[2]) !== card.pages.length) return null;
  const index = Number(match[1]) - 1;
  return index >= 0 && index < card.pages.length ? index : null;
}

function cutLine(image: GrayImage, mmToPx: Homography, [x, y, width, height]: Box, pxPerMm: number): GrayImage {
  const s = 1 / pxPerMm;
  const toMm = Float64Array.of(s, 0, x, 0, s, y, 0, 0, 1);
  return warpGray(image, multiplyHomography(mmToPx, toMm), Math.round(width * pxPerMm), Math.round(height * pxPerMm));
}

function blackOnWhite({ width, height, data }: BinaryImage): GrayImage {
  return { width, height, data: data.map((ink) => (ink === 1 ? 0 : 255)) };
}
