import { assertArgument } from "../core/assert.ts";
import { decodeCardCode } from "./card-code.ts";
import { DROP_OUT_COLORS, type DrawingItem } from "./card-drawing.ts";
import type { Card } from "./card-manifest.ts";
import { drawBoxFields, drawNistFields } from "./draw-fields.ts";
import { DEFAULT_CONSENT, drawFrame } from "./draw-frame.ts";

/**
 * All that is printed on one page of a card, in the order of painting. The PDF and the browser's preview both draw this list.
 *
 * @param pageIndex 0-based
 * @param options.consent the consent line, `DEFAULT_CONSENT` if left out; an empty one prints none. Not part of the card's code.
 * @throws InkformError `invalid-argument` for a page that is not there, a consent line too long for its room or with characters
 *   that the fonts lack.
 */
export function buildCardDrawing(card: Card, pageIndex: number, options: { consent?: string } = {}): DrawingItem[] {
  const page = card.pages[pageIndex];
  assertArgument(page !== undefined, `the card ${card.code} has ${card.pages.length} page(s), there is no page ${pageIndex + 1}`);
  const color = DROP_OUT_COLORS[decodeCardCode(card.code).dropOut];
  return [
    ...drawFrame(card, pageIndex, { consent: options.consent ?? DEFAULT_CONSENT, color }),
    ...(card.template === "nist-hsf" ? drawNistFields(page, color) : drawBoxFields(page, color)),
  ];
}
