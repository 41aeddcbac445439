import type { PageView } from "../../../../../../lib/contracts/scans.ts";

type Box = readonly [x: number, y: number, width: number, height: number];

/** What is shown around a glyph is this many times as wide as it is high. */
const ASPECT = 4.5;
/** Space around the field, in parts of its height. */
const MARGIN = 0.25;

/**
 * Which part of a page to show around a glyph, in scan px: its field as far as that fits a strip around the glyph, or the whole page. Null where the page does
 * not have this glyph (any more).
 */
export function frameGlyph(page: PageView, glyphId: string, whole: boolean): { view: Box; bounds: Box; words: string } | null {
  for (const field of page.fields) {
    const glyph = field.glyphs.find(({ id }) => id === glyphId);
    if (glyph === undefined) continue;
    const words = `${page.fileName}${page.number > 1 ? `, page ${page.number}` : ""}, field ${field.name}, place ${glyph.index + 1}`;
    if (whole) return { view: [0, 0, page.widthPx, page.heightPx], bounds: glyph.bounds, words };
    return { view: stayOn(page, frameField(field.outline, glyph.bounds)), bounds: glyph.bounds, words };
  }
  return null;
}

function frameField(outline: PageView["fields"][number]["outline"], [x, y, width, height]: Box): Box {
  const xs = [x, x + width, ...outline.map((point) => point[0])];
  const ys = [y, y + height, ...outline.map((point) => point[1])];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  // A field of several lines is shown as high as three of the glyph.
  const tall = Math.min((bottom - top) * (1 + 2 * MARGIN), Math.max(height, width) * 3);
  const wide = tall * ASPECT;
  const middle = bottom - top <= tall ? (top + bottom) / 2 : y + height / 2;
  const center = right - left <= wide ? (left + right) / 2 : x + width / 2;
  return [center - wide / 2, middle - tall / 2, wide, tall];
}

/** The view moved so that it does not reach beyond a page that is as large as it. */
function stayOn({ widthPx, heightPx }: PageView, [x, y, width, height]: Box): Box {
  const along = (from: number, length: number, most: number) => (length >= most ? from : Math.min(Math.max(from, 0), most - length));
  return [along(x, width, widthPx), along(y, height, heightPx), width, height];
}
