import type { Box } from "../../../lib/core/geometry.ts";
import type { Rng } from "../../../lib/core/rng.ts";
import { fitScale } from "../../../lib/simulate/fit-paper.ts";
import { SCANNERS, type Scanner } from "../../../lib/simulate/scanners.ts";
import type { WriterTraits } from "../../../lib/simulate/simulated-writer.ts";
import { copyPage, wearPrint } from "../../../lib/simulate/wear-print.ts";
import type { CorpusContext, CorpusKind } from "./corpus-kind.ts";
import type { FilledSheet } from "./fill-sheet.ts";
import { bledThrough, covered, onColouredPaper, onPaper } from "./on-paper.ts";
import { type Device, oneSheet, scanned, type Trouble } from "./take-picture.ts";

const { flatbed300, flatbed300Colour, worn300, bilevel300 } = SCANNERS;
const NONE = { count: [0, 0], strength: [0, 0] } as const;
const A4 = [210, 297] as const;
const LETTER = [215.9, 279.4] as const;

/** Pages that went over a flatbed or through a feeder. */
export const SCAN_KINDS: Readonly<Record<string, CorpusKind>> = {
  "scan-300": scans("flatbed, 300 dpi", flatbed300),
  "scan-100": scans("flatbed, 100 dpi", { ...flatbed300, dpi: 100 }),
  "scan-150": scans("flatbed, 150 dpi", { ...flatbed300, dpi: 150 }),
  "scan-200": scans("flatbed, 200 dpi", { ...flatbed300, dpi: 200 }),
  "scan-400": scans("flatbed, 400 dpi", { ...flatbed300, dpi: 400 }),
  "scan-600": scans("flatbed, 600 dpi", { ...flatbed300, dpi: 600 }, { sheet: { dpi: 600 } }),
  "1-bit": oneSheet({
    about: "1-bit at 200 or 300 dpi, TIFF or PNG, lighter and darker thresholds",
    // At a low threshold a pencil is gone, for a person too.
    sheet: ({ rng }) => ({ traits: { ink: rng.float() < 0.5 ? "black" : "blue" } }),
    device: ({ rng, index }) => scanned({ ...bilevel300, dpi: index % 3 === 1 ? 200 : 300, threshold: 130 + rng.int(70) }),
    encoding: (rng) => ({ as: rng.float() < 0.5 ? "tiff-1-bit" : "png-1-bit" }),
  }),
  "1-bit-adaptive": oneSheet({
    about: "1 bit by the level around each px, as copiers do with text",
    device: () => scanned({ ...bilevel300, binarization: "adaptive" }),
    encoding: (rng) => ({ as: rng.float() < 0.5 ? "tiff-1-bit" : "png-1-bit" }),
  }),
  "1-bit-dither": oneSheet({
    about: "grey kept as dots, 300 dpi: error diffusion, or a halftone screen",
    device: ({ index }) => scanned({ ...bilevel300, noise: 1, binarization: index % 2 === 0 ? "errorDiffusion" : "halftone" }),
    encoding: (rng) => ({ as: rng.float() < 0.5 ? "tiff-1-bit" : "png-1-bit" }),
  }),
  "turned-any": oneSheet({
    about: "on the glass at any angle",
    device: ({ rng }) => scanned({ ...flatbed300, dpi: 200, turnDeg: quarter(rng), skewDeg: 45, borderMm: 65, shiftMm: 5 }),
  }),
  "turned-quarter": oneSheet({
    about: "upside down or on its side",
    device: ({ index }) => scanned({ ...flatbed300, turnDeg: ([90, 180, 270] as const)[index % 3]! }),
  }),
  "scale-90-110": oneSheet({
    about: "printed at 90 to 110 %, on a larger sheet where it needs one",
    paper: (sheet, rng) => {
      const scale = rng.between(0.9, 1.1);
      const room = Math.max(1, scale);
      return onPaper(sheet, sheet.card.paper === "a4" ? [A4[0] * room, A4[1] * room] : [LETTER[0] * room, LETTER[1] * room], scale);
    },
    device: () => scanned(flatbed300),
  }),
  "a4-on-letter": oneSheet({
    about: "an A4 card on Letter paper, fitted (94 %) or at full size with its edges cut, and the reverse",
    sheet: ({ index }) => ({ paper: index % 2 === 0 ? "a4" : "letter" }),
    paper: (sheet, rng) => {
      const [page, paper] = sheet.card.paper === "a4" ? [A4, LETTER] : [LETTER, A4];
      return onPaper(sheet, paper, rng.float() < 0.7 ? fitScale(page, paper) : 1);
    },
    device: () => scanned(flatbed300),
  }),
  feeder: oneSheet({
    about: "a worn feeder: askew, stretched, uneven speed, slips, dark around the page",
    device: ({ rng }) =>
      scanned({ ...worn300, streaks: NONE, dust: [0, 0], skewDeg: 3.5, stretch: [rng.between(0.995, 1.005), rng.between(0.99, 1.01)] }),
  }),
  "dust-streaks": oneSheet({
    about: "dirt on the glass: lines along the whole page, specks, hairs",
    device: () => scanned({ ...flatbed300, streaks: { count: [1, 4], strength: [0.15, 0.7] }, dust: [20, 100], shading: [0, 0.08] }),
  }),
  "bleed-through": oneSheet({
    about: "the other side shows through thin paper",
    paper: bledThrough,
    device: () => scanned(flatbed300),
  }),
  "coloured-paper": oneSheet({
    about: "pastel, recycled, ruled and squared paper, in colour or grey",
    sheet: { colour: true },
    paper: onColouredPaper,
    device: ({ rng }) => scanned(rng.float() < 0.5 ? flatbed300Colour : flatbed300),
  }),
  "low-toner": oneSheet({
    about: "cards from a printer that runs out of toner",
    sheet: {
      print: (page, pxPerMm, rng) =>
        wearPrint(page, { fade: rng.between(0, 0.5), bands: rng.between(0, 0.5), voids: rng.between(0, 0.2) }, pxPerMm, rng),
    },
    device: () => scanned(flatbed300),
  }),
  photocopied: oneSheet({
    about: "cards copied by a photocopier before they were filled in",
    sheet: {
      print: (page, pxPerMm, rng) =>
        copyPage(page, { spreadMm: rng.between(-0.04, 0.1), fog: rng.between(0, 0.08), specks: rng.int(200) }, pxPerMm, rng),
    },
    device: () => scanned(flatbed300),
  }),
  "fiducial-covered": oneSheet({
    about: "a thumb, clip or fold hides one corner mark",
    paper: (sheet, rng) => covered(sheet, aroundFiducial(sheet, rng.int(4)), rng),
    device: () => scanned(flatbed300Colour),
    sheet: { colour: true },
  }),
  "code-covered": oneSheet({
    about: "the square code is hidden; the printed text code is not",
    paper: (sheet, rng) => {
      const [x, y, width, height] = sheet.card.pages[sheet.pageIndex]!.codeBox;
      return covered(sheet, [x + 1, y + 1, width - 2, height - 2], rng);
    },
    device: () => scanned(flatbed300),
  }),
  pencil: inks("pencil", () => ({ ink: "pencil" })),
  "pale-pencil": inks("a hard pencil, hardly pressed", (rng) => ({
    ink: "pencil",
    darkness: rng.between(0.5, 0.7),
    penWidthMm: rng.between(0.3, 0.5),
  })),
  "faint-ink": inks("thin and pale strokes", (rng) => ({ ink: "blue", darkness: rng.between(0.5, 0.6), penWidthMm: 0.3 })),
  "coloured-ink": inks("red and green pens", (rng) => ({ ink: rng.float() < 0.6 ? "red" : "green" })),
  "felt-tip": inks("felt tip, strokes of 0.8 to 1.1 mm", (rng) => ({ ink: "felt", penWidthMm: rng.between(0.8, 1.1) })),
  "skipping-pen": inks("a ballpoint that skips: patches of its strokes are white", (rng) => ({
    ink: "blue",
    skips: rng.between(0.01, 0.04),
  })),
  "drop-out": oneSheet({
    about: "cards printed in red, green or blue, scanned in colour",
    sheet: ({ index }) => ({ colour: true, dropOut: (["red", "green", "blue"] as const)[index % 3]! }),
    device: () => scanned(flatbed300Colour),
  }),
  "crossed-out": oneSheet({
    about: "characters crossed out or written over others, one in twelve each",
    sheet: { fill: { mishaps: { "crossed-out": 0.08, overwritten: 0.08 } } },
    device: () => scanned(flatbed300),
  }),
  smudged: oneSheet({
    about: "characters rubbed out and written anew, wet ink smeared, stray marks between the boxes",
    sheet: { fill: { mishaps: { erased: 0.08, smeared: 0.05 }, strayMarks: 25 } },
    device: () => scanned(flatbed300),
  }),
  overflow: oneSheet({
    about: "a third of the characters cross a line of their box",
    sheet: { fill: { overflow: 0.33 } },
    device: () => scanned(flatbed300),
  }),
  "left-out": oneSheet({
    about: "undivided fields in which characters were left out: none may get the next one's label",
    sheet: { template: "nist-hsf", fill: { blankRate: 0.04 } },
    device: () => scanned(flatbed300),
  }),
  touching: oneSheet({
    about: "undivided fields whose characters often touch",
    sheet: { template: "nist-hsf", fill: { touching: 0.3 } },
    device: () => scanned(flatbed300),
  }),
};

function scans(about: string, scanner: Scanner, more: Partial<Trouble> = {}): CorpusKind {
  return oneSheet({ about, device: () => scanned(scanner), ...more });
}

function inks(about: string, traits: (rng: Rng) => Partial<WriterTraits>): CorpusKind {
  const device = ({ rng }: CorpusContext): Device => scanned(rng.float() < 0.5 ? flatbed300 : flatbed300Colour);
  return oneSheet({ about, device, sheet: ({ rng }) => ({ colour: true, traits: traits(rng) }) });
}

function quarter(rng: Rng): Scanner["turnDeg"] {
  return ([0, 90, 180, 270] as const)[rng.int(4)]!;
}

/** The mark and its quiet zone, and what lies beyond to the paper's corner. */
function aroundFiducial({ card, pageIndex }: FilledSheet, corner: number): Box {
  const { fiducials, widthMm, heightMm } = card.pages[pageIndex]!;
  const { xMm, yMm, sizeMm } = fiducials[corner]!;
  const reach = sizeMm / 2 + 1;
  const left = xMm < widthMm / 2 ? 0 : xMm - reach;
  const top = yMm < heightMm / 2 ? 0 : yMm - reach;
  return [left, top, (xMm < widthMm / 2 ? xMm + reach : widthMm) - left, (yMm < heightMm / 2 ? yMm + reach : heightMm) - top];
}
