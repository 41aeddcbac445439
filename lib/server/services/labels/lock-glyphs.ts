import { InkformError } from "../../../core/inkform-error.ts";
import type { Tx } from "../../db/database.ts";
import { KEPT } from "../../db/kept.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { GLYPH_SQL, type GlyphRow } from "../glyphs/glyph-view.ts";

export interface LockedGlyphs {
  readonly collectionId: string;
  readonly rows: readonly GlyphRow[];
  /** Those of them that are gold items. */
  readonly gold: ReadonlySet<string>;
  /** Those of them that `reviewer` was handed as gold and has not answered. */
  readonly heldAsGold: ReadonlySet<string>;
}

/**
 * Locks a collection's glyphs until the transaction ends, in the order of their ids: so that no two requests can wait for each other.
 * @throws InkformError `not-found` where the collection or one of them is not there
 */
export async function lockGlyphs(
  tx: Tx,
  { slug, ids, reviewer }: { slug: string; ids: readonly string[]; reviewer: string },
): Promise<LockedGlyphs> {
  const locked = await tx.$queryRaw<(GlyphRow & { collectionId: string; gold: boolean; heldAsGold: boolean })[]>`${KEPT}
    SELECT ${GLYPH_SQL}, g."collectionId", EXISTS (SELECT 1 FROM "Gold" d WHERE d."glyphId" = g."id") AS "gold",
      EXISTS (SELECT 1 FROM "Claim" c WHERE c."glyphId" = g."id" AND c."holder" = ${reviewer}) AS "heldAsGold"
    FROM "Glyph" g WHERE g."id" = ANY(${[...ids]}) AND g."collectionId" = (SELECT "id" FROM "Collection" WHERE "slug" = ${slug})
    ORDER BY g."id" FOR UPDATE OF g`;
  const idsOf = (which: "gold" | "heldAsGold"): ReadonlySet<string> => new Set(locked.filter((row) => row[which]).map(({ id }) => id));
  if (locked.length === ids.length)
    return { collectionId: locked[0].collectionId, rows: locked, gold: idsOf("gold"), heldAsGold: idsOf("heldAsGold") };
  await getCollectionId(tx, slug);
  const found = new Set(locked.map((row) => row.id));
  const missing = ids.filter((id) => !found.has(id));
  throw new InkformError(
    "not-found",
    `This collection has no glyph ${missing.slice(0, 3).join(", ")}${missing.length > 3 ? ` and ${missing.length - 3} more` : ""}; its scan may have been deleted. No label was recorded: reload the page.`,
  );
}
