import { type GlyphScope, isCounted } from "./glyph-where.ts";

/** So many are found and sorted in a few milliseconds. */
const FEW = 2000;
/** Of a million glyphs in an order, every fiftieth: along its index more are passed over for a page of them than are found and sorted here. */
const FEW_OF_PAGES = 20_000;

/**
 * Whether a scope's glyphs are better found first and sorted then than read along an index of the order, in which they may stand far apart: where an index finds them
 * (a page, a writer, a rare state) and they are few.
 */
export function hasFew({ filter, secondFor }: GlyphScope, total: number): boolean {
  if (filter.page !== undefined || filter.writer !== undefined) return true;
  if (!isCounted(filter)) return total <= FEW_OF_PAGES;
  return total <= FEW && (secondFor !== undefined || RARE.has(filter.state));
}

const RARE: ReadonlySet<string> = new Set(["disagree", "spoiled", "unusable", "conflict", "flagged", "suspect"]);
