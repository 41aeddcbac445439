import { assertArgument } from "../core/assert.ts";
import type { Box } from "../core/geometry.ts";
import { encodePagePayload } from "./card-code.ts";
import { BLACK, BOX_LINE_MM, type DrawingItem, type InkColor, WHITE } from "./card-drawing.ts";
import type { Card, CardPage, Fiducial, TemplateId } from "./card-manifest.ts";
import { FIDUCIAL_BITS, FIDUCIAL_CELLS, FIDUCIAL_CODES } from "./fiducial-codes.ts";
import { findUnprintable, measureText, wrapText } from "./measure-text.ts";
import { buildPageFrame, FOOTER } from "./page-frame.ts";

/** Printed at the foot where no other consent line is given. */
export const DEFAULT_CONSENT =
  "I agree that my handwriting on this card may be used, without my name, to train and test handwriting recognition.";

const CONSENT_PT = 7.5;
const TITLES: Readonly<Record<TemplateId, string>> = {
  "nist-hsf": "HANDWRITING SAMPLE FORM",
  digits: "Handwritten digits",
  letters: "Handwritten letters",
  custom: "Handwritten characters",
};
const BOX_INSTRUCTIONS =
  "Copy the small character at the top of each box into the box below it: one character a box, inside the lines. " +
  "Use a dark pen. After a mistake, just go on.";
const FIELD_INSTRUCTIONS =
  "Copy what is printed above each box into the box, inside its lines. Use a dark pen. After a mistake, just go on.";

/** What stands on every page around its fields: corner marks, title, writer boxes, machine-readable code, text code, consent line. */
export function drawFrame(card: Card, pageIndex: number, options: { consent: string; color: InkColor }): DrawingItem[] {
  const page = card.pages[pageIndex];
  return [
    ...page.fiducials.flatMap(drawFiducial),
    ...drawHeader(card),
    ...drawWriterBoxes(page, options.color),
    ...drawFooter(card, pageIndex, options.consent),
  ];
}

function drawFiducial({ id, xMm, yMm, sizeMm }: Fiducial): DrawingItem[] {
  const left = xMm - sizeMm / 2;
  const top = yMm - sizeMm / 2;
  const cell = sizeMm / FIDUCIAL_CELLS;
  const white: Box[] = [];
  FIDUCIAL_CODES[id].forEach((bit, i) => {
    const column = (i % FIDUCIAL_BITS) + 1;
    const row = Math.floor(i / FIDUCIAL_BITS) + 1;
    if (bit === 1) white.push([left + column * cell, top + row * cell, cell, cell]);
  });
  return [
    { kind: "fill", boxes: [[left, top, sizeMm, sizeMm]], color: BLACK },
    { kind: "fill", boxes: white, color: WHITE },
  ];
}

function drawHeader(card: Card): DrawingItem[] {
  const [x, y, width] = buildPageFrame(card.paper, card.code).header;
  const nist = card.template === "nist-hsf";
  const font = nist ? "times-bold" : "helvetica-bold";
  const textFont = nist ? "times-roman" : "helvetica";
  const textPt = nist ? 9.5 : 8.5;
  const lines = wrapText(nist ? FIELD_INSTRUCTIONS : BOX_INSTRUCTIONS, width, textFont, textPt);
  return [
    { kind: "text", text: TITLES[card.template], x, y: y + 5.4, font, sizePt: 17, anchor: "start", color: BLACK },
    ...lines.map((text, i): DrawingItem => {
      return { kind: "text", text, x, y: y + 10.8 + i * 3.9, font: textFont, sizePt: textPt, anchor: "start", color: BLACK };
    }),
  ];
}

function drawWriterBoxes(page: CardPage, color: InkColor): DrawingItem[] {
  const writer = page.fields.find((f) => f.kind === "writer");
  if (writer === undefined) return [];
  const [x, y] = writer.box;
  return [
    { kind: "text", text: "Writer code (digits)", x, y: y - 1.3, font: "helvetica", sizePt: 7, anchor: "start", color: BLACK },
    ...writer.boxes.map((box): DrawingItem => ({ kind: "frame", box, lineMm: BOX_LINE_MM, color })),
  ];
}

function drawFooter(card: Card, pageIndex: number, consent: string): DrawingItem[] {
  const { footer, codeBox } = buildPageFrame(card.paper, card.code);
  const [x, y, width] = footer;
  const payload = encodePagePayload(card.code, pageIndex);
  const short = card.code.length <= FOOTER.shortCode;
  const perLine = short ? FOOTER.shortCode : FOOTER.codeCharsPerLine;
  const codeLines = card.code.match(new RegExp(`.{1,${perLine}}`, "g")) ?? [];
  const paper = card.paper === "a4" ? "A4" : "Letter";
  const items: DrawingItem[] = codeLines.map((text, i) => {
    return {
      kind: "text",
      text,
      x,
      y: y + 5 + i * FOOTER.codeLineMm,
      font: "courier-bold",
      sizePt: short ? 11 : 7,
      anchor: "start",
      color: BLACK,
    };
  });
  const info = `Page ${pageIndex + 1} of ${card.pages.length} \u2022 ${paper} \u2022 print at 100 %`;
  items.push({ kind: "text", text: info, x: x + width, y: y + 5, font: "helvetica", sizePt: 7, anchor: "end", color: BLACK });
  items.push({ kind: "code", payload, level: payload.length > 80 ? "M" : "Q", box: codeBox });
  const below = y + 5 + (codeLines.length - 1) * FOOTER.codeLineMm + 4.2;
  wrapConsent(consent, width).forEach((text, i) => {
    items.push({
      kind: "text",
      text,
      x,
      y: below + i * FOOTER.consentLineMm,
      font: "helvetica",
      sizePt: CONSENT_PT,
      anchor: "start",
      color: BLACK,
    });
  });
  return items;
}

function wrapConsent(consent: string, widthMm: number): string[] {
  const unprintable = findUnprintable(consent.replace(/[\r\n\t]/g, " "));
  assertArgument(
    unprintable === null,
    `the consent line holds "${unprintable}", which the card's font lacks: it has the letters of Western European languages. Leave it out or write it otherwise.`,
  );
  const lines = wrapText(consent, widthMm, "helvetica", CONSENT_PT);
  assertArgument(
    lines.length <= FOOTER.consentLines,
    `the consent line takes ${lines.length} lines (${Math.round(measureText(consent, "helvetica", CONSENT_PT))} mm); the card has room for ${FOOTER.consentLines}: shorten it`,
  );
  return lines;
}
