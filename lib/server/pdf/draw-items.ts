import {
  fill,
  lineTo,
  moveTo,
  type PDFOperator,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  rgb,
  setFillingRgbColor,
  setLineWidth,
  setStrokingRgbColor,
  stroke,
} from "pdf-lib";
import QRCode from "qrcode";
import { BLACK, type DrawingItem, type InkColor } from "../../card/card-drawing.ts";
import { measureText } from "../../card/measure-text.ts";
import { assertNever } from "../../core/assert.ts";
import type { Box } from "../../core/geometry.ts";
import type { FontCase } from "./card-fonts.ts";

const PT_PER_MM = 72 / 25.4;
const QUIET_MODULES = 4;

/** Paints drawing items (mm, y down) on a PDF page (points, y up). */
export function drawItems(page: PDFPage, items: readonly DrawingItem[], fonts: FontCase): void {
  const height = page.getHeight();
  const x = (mm: number): number => precise(mm * PT_PER_MM);
  const y = (mm: number): number => precise(height - mm * PT_PER_MM);
  const rect = ([left, top, w, h]: Box): PDFOperator => rectangle(x(left), y(top + h), precise(w * PT_PER_MM), precise(h * PT_PER_MM));
  const fillBoxes = (boxes: readonly Box[], color: InkColor): void =>
    page.pushOperators(pushGraphicsState(), setFillingRgbColor(...channels(color)), ...boxes.map(rect), fill(), popGraphicsState());
  const strokePath = (lineMm: number, color: InkColor, path: PDFOperator[]): void =>
    page.pushOperators(
      pushGraphicsState(),
      setStrokingRgbColor(...channels(color)),
      setLineWidth(precise(lineMm * PT_PER_MM)),
      ...path,
      stroke(),
      popGraphicsState(),
    );

  for (const item of items) {
    switch (item.kind) {
      case "frame":
        strokePath(item.lineMm, item.color, [rect(item.box)]);
        break;
      case "line":
        strokePath(item.lineMm, item.color, [moveTo(x(item.from[0]), y(item.from[1])), lineTo(x(item.to[0]), y(item.to[1]))]);
        break;
      case "fill":
        fillBoxes(item.boxes, item.color);
        break;
      case "code":
        fillBoxes(buildModules(item.payload, item.level, item.box), BLACK);
        break;
      case "text": {
        const font = fonts.pick(item.text, item.font);
        // The measure of lib/card, so that what was wrapped there fits here; a fallback font measures itself.
        const widthMm = fonts.isFallback(item.text)
          ? font.widthOfTextAtSize(item.text, item.sizePt) / PT_PER_MM
          : measureText(item.text, item.font, item.sizePt);
        const shiftMm = item.anchor === "start" ? 0 : item.anchor === "middle" ? widthMm / 2 : widthMm;
        page.drawText(item.text, {
          x: x(item.x - shiftMm),
          y: y(item.y),
          size: precise(item.sizePt),
          font,
          color: rgb(...channels(item.color)),
        });
        break;
      }
      default:
        assertNever(item);
    }
  }
}

/** The dark modules of a QR code as boxes in mm, neighbours in a row joined. */
function buildModules(payload: string, level: "Q" | "M", box: Box): Box[] {
  const { modules } = QRCode.create(payload, { errorCorrectionLevel: level });
  const cell = box[2] / (modules.size + 2 * QUIET_MODULES);
  const boxes: Box[] = [];
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column) === 0) continue;
      const start = column;
      while (column + 1 < modules.size && modules.get(row, column + 1) !== 0) column++;
      boxes.push([box[0] + (start + QUIET_MODULES) * cell, box[1] + (row + QUIET_MODULES) * cell, (column - start + 1) * cell, cell]);
    }
  }
  return boxes;
}

function channels(color: InkColor): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255].map((v) => Math.round((v / 255) * 1000) / 1000) as [number, number, number];
}

/** A ten thousandth of a point: short numbers in the file. */
function precise(points: number): number {
  return Math.round(points * 10000) / 10000;
}
