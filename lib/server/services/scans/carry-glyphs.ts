import type { SetAsideLabel } from "../../../contracts/scans.ts";
import { listDecisions } from "../../../label/list-decisions.ts";
import type { Tx } from "../../db/database.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import { beforeSchema } from "../cuts/supersede.ts";
import { type GlyphRow, takeOver } from "./glyph-rows.ts";
import { type CutGroup, groupCuts } from "./group-cuts.ts";
import { matchGlyphs } from "./match-glyphs.ts";

export interface CarryOptions {
  /** The page whose glyphs they were. */
  readonly from: string;
  /** See `matchGlyphs`. By `box` (another picture) what people have cut is not carried. */
  readonly by: "place" | "box";
}

export interface Carried {
  /** To be stored: new ones, and those that take an earlier one's place. */
  readonly rows: readonly GlyphRow[];
  readonly setAside: SetAsideLabel[];
  /** Glyphs that stay as they are, by what people have cut and by what that took the place of. Their crops must be kept. */
  readonly kept: readonly string[];
  /** Of them, where those that count are now. */
  readonly places: readonly { readonly id: string; readonly field: string; readonly fieldIndex: number; readonly index: number }[];
}

/**
 * Gives new rows the ids of the earlier glyphs of the same ink; removes the other earlier ones, and says what people had said about them. A cut by a person
 * stands where the ink that it took the place of is found again, or where the new reading cuts as the person did.
 */
export async function carryGlyphs(tx: Tx, fresh: readonly GlyphRow[], { from, by }: CarryOptions): Promise<Carried> {
  await tx.$queryRaw`SELECT "id" FROM "Glyph" WHERE "pageId" = ${from} ORDER BY "id" FOR UPDATE`;
  const earlier = await findEarlier(tx, from);
  if (earlier.length === 0) return { rows: fresh, setAside: [], kept: [], places: [] };
  const byId = new Map(earlier.map((glyph) => [glyph.id, glyph]));
  const cuts = by === "box" ? [] : await tx.glyphCut.findMany({ where: { pageId: from }, orderBy: { id: "asc" } });
  const links = cuts.map(({ kind, before, after }) => ({ kind, before: beforeSchema.parse(before).map(({ id }) => id), after }));
  const counts = (id: string): boolean | null => (byId.has(id) ? byId.get(id)?.status !== GlyphStatus.superseded : null);
  const groups = groupCuts(links, counts);
  const roots = new Set(groups.flatMap((group) => (group.leaves.length > 0 ? group.roots : [])));

  const candidates = earlier.filter(({ id, status }) => status !== GlyphStatus.superseded || roots.has(id));
  const freshOf = new Map([...findMatches(candidates, fresh, by)].map(([i, k]) => [candidates[k].id, i]));
  const standing = groups.filter((group) => group.leaves.length > 0 && stands(group, { freshOf, fresh, byId }));
  const places = standing.flatMap(({ roots: found, leaves }) => {
    const [{ row }] = found.map((id) => fresh[freshOf.get(id)!]).sort((a, b) => a.row.index - b.row.index);
    return leaves.map((id) => ({ id, field: row.field, fieldIndex: row.fieldIndex, index: row.index }));
  });
  const absorbed = new Set(standing.flatMap(({ members }) => members.flatMap((id) => freshOf.get(id) ?? [])));
  const takers = new Map([...freshOf].filter(([, i]) => !absorbed.has(i)).map(([id, i]) => [i, id]));
  const rows = fresh.flatMap((row, i) => {
    if (absorbed.has(i)) return [];
    const id = takers.get(i);
    return [id === undefined ? row : takeOver(row, { id, labels: byId.get(id)!.labels })];
  });

  const taken = new Set(takers.values());
  const kept = new Set(standing.flatMap(({ members }) => members.filter((id) => !taken.has(id))));
  // What is out of use is history of the glyphs that stay.
  for (const { members } of groups) {
    if (!members.some((id) => taken.has(id) || kept.has(id))) continue;
    for (const id of members) if (!taken.has(id) && counts(id) === false) kept.add(id);
  }
  const lost = earlier.filter(({ id }) => !taken.has(id) && !kept.has(id));
  await tx.glyph.deleteMany({ where: { id: { in: lost.map(({ id }) => id) } } });
  return { rows, setAside: lost.flatMap(setAsideLabels), kept: [...kept], places };
}

type Earlier = Awaited<ReturnType<typeof findEarlier>>[number];

function findEarlier(tx: Tx, pageId: string) {
  return tx.glyph.findMany({
    where: { pageId },
    include: { labels: { orderBy: { seq: "asc" } } },
    orderBy: [{ fieldIndex: "asc" }, { index: "asc" }, { id: "asc" }],
  });
}

function findMatches(earlier: readonly Earlier[], fresh: readonly GlyphRow[], by: CarryOptions["by"]): Map<number, number> {
  return matchGlyphs(
    earlier.map((glyph) => ({ ...glyph, bounds: [glyph.boundsX, glyph.boundsY, glyph.boundsWidth, glyph.boundsHeight] as const })),
    fresh.map(({ row }) => ({
      field: row.field,
      index: row.index,
      bounds: [row.boundsX, row.boundsY, row.boundsWidth, row.boundsHeight] as const,
      image: Buffer.from(row.image, "base64"),
    })),
    by,
  );
}

/** All the ink that the cut took the place of is found again, in the same field. */
function stands(
  { roots }: CutGroup,
  { freshOf, fresh, byId }: { freshOf: ReadonlyMap<string, number>; fresh: readonly GlyphRow[]; byId: ReadonlyMap<string, Earlier> },
): boolean {
  return (
    roots.length > 0 &&
    roots.every((id) => {
      const i = freshOf.get(id);
      return i !== undefined && fresh[i].row.field === byId.get(id)?.field;
    })
  );
}

/** What people had decided about a glyph that is not there any more: each one's decision. */
function setAsideLabels({ field, index, prompt, labels }: Earlier): SetAsideLabel[] {
  return listDecisions(labels).map(({ kind, value, by, at }) => ({ field, index, prompt, kind, value, by, at: at.toISOString() }));
}
