import type { Tx } from "../../db/database.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";

/** Glyphs of a page that count and have ink. */
export function countGlyphs(tx: Tx, pageId: string): Promise<number> {
  return tx.glyph.count({ where: { pageId, status: { notIn: [GlyphStatus.blank, GlyphStatus.superseded] } } });
}
