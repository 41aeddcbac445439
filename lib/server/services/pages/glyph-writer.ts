/**
 * The code under which a page's glyphs are split: the writer's own where it is known. Else the pages of one card count as one unknown writer, a page without a card as
 * another: two pages of one person may so end up in two splits, which entering the code mends.
 */
export function glyphWriter(page: { readonly id: string; readonly writer: string | null; readonly card: string | null }): string {
  if (page.writer !== null) return page.writer;
  return page.card === null ? `page ${page.id}` : `card ${page.card}`;
}
