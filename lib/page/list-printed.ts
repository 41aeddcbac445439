import { buildCardDrawing } from "../card/build-card-drawing.ts";
import type { Card } from "../card/card-manifest.ts";
import { MM_PER_PT, measureText } from "../card/measure-text.ts";
import type { Box } from "../core/geometry.ts";

/** A printed straight line along x ("h") or y ("v"), in card mm. */
export interface PrintedLine {
  readonly direction: "h" | "v";
  /** y of a horizontal line, x of a vertical one. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly lineMm: number;
}

export interface PrintedText {
  /** From a little above capitals to just below what hangs lowest, in card mm. */
  readonly box: Box;
  /** Equal for texts that look the same: words, font, size and colour. */
  readonly look: string;
}

export interface Printed {
  readonly lines: readonly PrintedLine[];
  readonly texts: readonly PrintedText[];
}

/** Of the type's size: capitals' height and a little more; how deep letters hang, and figures and capitals. */
const ABOVE = 0.8;
const HANGING = 0.25;
const STANDING = 0.04;
const HANGS = /[gjpqy,;()QJ@{}[\]|_$/]/;

/** What is printed on a card's page, from the same list of marks that its PDF is drawn from. */
export function listPrinted(card: Card, pageIndex: number): Printed {
  const lines: PrintedLine[] = [];
  const texts: PrintedText[] = [];
  for (const item of buildCardDrawing(card, pageIndex, { consent: "" })) {
    if (item.kind === "frame") {
      const [x, y, width, height] = item.box;
      const { lineMm } = item;
      lines.push(
        { direction: "h", at: y, from: x, to: x + width, lineMm },
        { direction: "h", at: y + height, from: x, to: x + width, lineMm },
      );
      lines.push(
        { direction: "v", at: x, from: y, to: y + height, lineMm },
        { direction: "v", at: x + width, from: y, to: y + height, lineMm },
      );
    } else if (item.kind === "line") {
      const [[x0, y0], [x1, y1]] = [item.from, item.to];
      if (y0 === y1) lines.push({ direction: "h", at: y0, from: Math.min(x0, x1), to: Math.max(x0, x1), lineMm: item.lineMm });
      else if (x0 === x1) lines.push({ direction: "v", at: x0, from: Math.min(y0, y1), to: Math.max(y0, y1), lineMm: item.lineMm });
    } else if (item.kind === "text") {
      const width = measureText(item.text, item.font, item.sizePt);
      const left = item.anchor === "start" ? item.x : item.anchor === "middle" ? item.x - width / 2 : item.x - width;
      const size = item.sizePt * MM_PER_PT;
      const below = HANGS.test(item.text) ? HANGING : STANDING;
      texts.push({
        box: [left, item.y - ABOVE * size, width, (ABOVE + below) * size],
        look: `${item.font} ${item.sizePt} ${item.color} ${item.text}`,
      });
    }
  }
  return { lines, texts };
}
