import { buildCard } from "../card/build-card.ts";
import { decodeCardCode } from "../card/card-code.ts";
import { assertArgument } from "../core/assert.ts";
import type { PageCard } from "./read-page-code.ts";

/** A card as its code was typed: the page too where the code says it, or where the card has one page only; else null. */
export type TypedCard = Pick<PageCard, "card" | "dropOut"> & { readonly pageIndex: number | null };

/**
 * The card whose text code a person typed from its foot: `28HF-2024-PQ0M`, or `28HF-2024-PQ0M/2` for its second page. Lower case, spaces and
 * dashes are as they like (`decodeCardCode`).
 *
 * @throws InkformError `invalid-argument` where the code fails its check characters, or names a page that the card doesn't have.
 */
export function pageOfTypedCode(typed: string): TypedCard {
  const [code, pageText, ...rest] = typed.split("/").map((part) => part.trim());
  assertArgument(code !== "", "type the card's code: it is printed at the card's foot, in groups of four characters");
  const spec = decodeCardCode(code);
  const card = buildCard(spec);
  if (pageText === undefined) return { card, dropOut: spec.dropOut, pageIndex: card.pages.length === 1 ? 0 : null };
  const number = Number(pageText);
  assertArgument(
    rest.length === 0 && /^\d+$/.test(pageText) && number >= 1 && number <= card.pages.length,
    `"${typed.trim()}" names no page of this card: it has ${card.pages.length === 1 ? "one page" : `the pages 1 to ${card.pages.length}`}`,
  );
  return { card, dropOut: spec.dropOut, pageIndex: number - 1 };
}
