import type { Candidate } from "../../../dataset/manifest.ts";
import type { Queryable } from "../../db/database.ts";
import type { Prisma } from "../../db/generated/client.ts";

/** The embedded database does one piece at a time; others get their turn in between. */
const PIECE = 5000;

/**
 * The glyphs that may become examples: with a class, not unusable, not blank, and reviewed, or (`includeAgreeing`) not reviewed while prompt
 * and model agree on a sure cut.
 */
export async function readCandidates(db: Queryable, collectionId: string, includeAgreeing: boolean): Promise<Candidate[]> {
  const decided: Prisma.GlyphWhereInput[] = [{ reviewed: true }];
  if (includeAgreeing) decided.push({ reviewed: false, disagrees: false, status: "labelled" });
  const candidates: Candidate[] = [];
  for (let after = ""; ; ) {
    const rows = await db.glyph.findMany({
      where: { collectionId, id: { gt: after }, label: { not: null }, unusable: false, status: { not: "blank" }, OR: decided },
      select: { id: true, label: true, writer: true },
      orderBy: { id: "asc" },
      take: PIECE,
    });
    for (const row of rows) candidates.push({ glyphId: row.id, label: row.label!, writer: row.writer });
    if (rows.length < PIECE) return candidates;
    after = rows.at(-1)!.id;
  }
}
