import type { Box } from "../core/geometry.ts";
import type { CardPage, Fiducial, Paper } from "./card-manifest.ts";

/** Width and height of each paper in mm (ISO 216; ANSI A, 8.5 x 11 inches). */
export const PAPER_MM: Readonly<Record<Paper, readonly [width: number, height: number]>> = {
  a4: [210, 297],
  letter: [215.9, 279.4],
};

/** No ink nearer to an edge than this: printers cannot reach it, and copiers cut it off. A millimetre more than the least allowed. */
export const MARGIN_MM = 11;

/** The whole printed mark: cells of 1.25 mm are 7 px at 150 dpi, and 6.7 px where an A4 page fills 1,600 px. */
const FIDUCIAL_MM = 10;

/** From the paper's side edges to the header's and footer's content: past the marks and their quiet zone of more than a cell. */
const INNER_MM = MARGIN_MM + FIDUCIAL_MM + 3;
const HEADER_MM = 19;
const WRITER_BOX_MM = { width: 8.5, height: 10, gap: 2, count: 4, top: 15.5 };

/** Line height of the text code and of the consent line; see `buildFooterItems`. */
export const FOOTER = { codeLineMm: 3.4, consentLineMm: 3.1, consentLines: 4, codeCharsPerLine: 55, shortCode: 28 } as const;

/** Where the parts that every page has stand, in mm. */
export interface PageFrame {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly fiducials: Fiducial[];
  readonly codeBox: CardPage["codeBox"];
  /** Title and instructions. */
  readonly header: Box;
  /** The writer code's boxes: the row, and each box. */
  readonly writerRow: CardPage["codeBox"];
  readonly writerBoxes: CardPage["codeBox"][];
  /** Right of the machine-readable code: text code, page number, consent line. */
  readonly footer: Box;
  /** What the template's fields may fill. */
  readonly body: Box;
}

/**
 * The frame of a page: marks in the corners, the header between the upper two, the footer between the lower two, the body between.
 *
 * @param code the card's code: a long one (a custom card of many unusual characters) gets a larger machine-readable code and a
 *   higher footer.
 */
export function buildPageFrame(paper: Paper, code: string): PageFrame {
  const [widthMm, heightMm] = PAPER_MM[paper];
  const half = MARGIN_MM + FIDUCIAL_MM / 2;
  const corners = [
    [half, half],
    [widthMm - half, half],
    [widthMm - half, heightMm - half],
    [half, heightMm - half],
  ];
  const codeMm = codeSizeMm(code);
  const textMm = codeTextHeightMm(code) + FOOTER.consentLines * FOOTER.consentLineMm;
  const footerMm = Math.max(codeMm, textMm);
  const footerTop = heightMm - MARGIN_MM - footerMm;
  const bodyTop = MARGIN_MM + HEADER_MM + 2;
  const { width, height, gap, count, top } = WRITER_BOX_MM;
  const writerMm = count * width + (count - 1) * gap;
  const writerX = widthMm - INNER_MM - writerMm;
  const footerX = INNER_MM + codeMm + 2;
  return {
    widthMm,
    heightMm,
    fiducials: corners.map(([xMm, yMm], id) => ({ id, xMm, yMm, sizeMm: FIDUCIAL_MM })),
    codeBox: [INNER_MM, heightMm - MARGIN_MM - codeMm, codeMm, codeMm],
    header: [INNER_MM, MARGIN_MM, writerX - 5 - INNER_MM, HEADER_MM],
    writerRow: [writerX, top, writerMm, height],
    writerBoxes: Array.from({ length: count }, (_, i) => [writerX + i * (width + gap), top, width, height]),
    footer: [footerX, footerTop, widthMm - INNER_MM - footerX, footerMm],
    body: [MARGIN_MM + 1, bodyTop, widthMm - 2 * (MARGIN_MM + 1), footerTop - 3 - bodyTop],
  };
}

/** Height of the printed text code: one line in large type, or several in small type. */
export function codeTextHeightMm(code: string): number {
  return code.length <= FOOTER.shortCode ? 5.5 : 1.5 + Math.ceil(code.length / FOOTER.codeCharsPerLine) * FOOTER.codeLineMm;
}

/** Modules of at least 0.4 mm with the quiet zone of four modules inside the box. */
function codeSizeMm(code: string): number {
  if (code.length <= 40) return 20;
  return code.length <= 150 ? 26 : 32;
}
