import { DEFAULT_SECONDS, type ReviewSeconds } from "../../../label/expected-gain.ts";
import type { Queryable } from "../../db/database.ts";
import type { GlyphStatus } from "../../db/generated/enums.ts";

/** Fewer decisions than this say little of how long one takes. */
const ENOUGH = 30;
/** Decisions that arrive together are not made in no time. */
const LEAST_SECONDS = 0.05;

/**
 * How long this collection's reviewers take for a glyph of each status, from their decisions so far (Pace). Where a status has too few, as long as over all; where all are
 * too few, `DEFAULT_SECONDS`.
 */
export async function readSeconds(db: Queryable, collectionId: string): Promise<(status: GlyphStatus) => ReviewSeconds> {
  const rows = await db.pace.groupBy({ by: ["status", "changed"], where: { collectionId }, _sum: { timed: true, seconds: true } });
  const mean = (changed: boolean, status?: GlyphStatus): number | null => {
    const own = rows.filter((row) => row.changed === changed && (status === undefined || row.status === status));
    const timed = own.reduce((sum, row) => sum + (row._sum.timed ?? 0), 0);
    const seconds = own.reduce((sum, row) => sum + (row._sum.seconds ?? 0), 0);
    return timed < ENOUGH ? null : Math.max(LEAST_SECONDS, seconds / timed);
  };
  const over = { confirm: mean(false) ?? DEFAULT_SECONDS.confirm, change: mean(true) ?? DEFAULT_SECONDS.change };
  return (status) => ({ confirm: mean(false, status) ?? over.confirm, change: mean(true, status) ?? over.change });
}
