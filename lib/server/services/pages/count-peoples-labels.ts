import type { Queryable } from "../../db/database.ts";

/** How many glyphs of a page, and of another one where it is given, people have decided on. */
export async function countPeoplesLabels(db: Queryable, pageId: string, other: string | null): Promise<{ here: number; first: number }> {
  const count = (id: string): Promise<number> => db.glyph.count({ where: { pageId: id, reviewed: true } });
  return { here: await count(pageId), first: other === null ? 0 : await count(other) };
}
