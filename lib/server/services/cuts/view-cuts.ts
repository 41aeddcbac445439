import type { CutView } from "../../../contracts/cuts.ts";
import { cutViewSchema } from "../../../contracts/cuts.ts";
import type { Queryable } from "../../db/database.ts";
import { beforeSchema } from "./supersede.ts";

/** A page's cuts in the order done, each with whether it stands. */
export async function viewCuts(db: Queryable, pageId: string): Promise<CutView[]> {
  const rows = await db.glyphCut.findMany({ where: { pageId }, orderBy: { id: "asc" } });
  const undone = new Set<string>();
  // From the last to the first: an undo that was taken back itself takes nothing back.
  for (const { id, undoes } of rows.toReversed()) if (undoes !== null && !undone.has(id)) undone.add(undoes);
  return rows.map((row) =>
    cutViewSchema.parse({
      ...row,
      at: row.at.toISOString(),
      before: beforeSchema.parse(row.before).map(({ id }) => id),
      undone: undone.has(row.id),
    }),
  );
}
