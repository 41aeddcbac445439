import { dropRetracted } from "../../../label/drop-retracted.ts";
import { isDecision, type LabelKind } from "../../../label/label-event.ts";
import type { Queryable } from "../../db/database.ts";

export interface GoldAnswer {
  readonly glyphId: string;
  readonly by: string;
  readonly right: boolean;
}

interface Row {
  readonly glyphId: string;
  readonly truth: string;
  readonly by: string;
  readonly kind: LabelKind;
  readonly value: string | null;
  readonly clientId: string | null;
}

/** What each reviewer says of each of a collection's gold items now: their latest answer that is not taken back. "Blank" is right where no class is. */
export async function readGoldAnswers(db: Queryable, collectionId: string): Promise<GoldAnswer[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT l."glyphId", d."truth", l."by", l."kind"::text, l."value", l."clientId"
    FROM "Gold" d JOIN "Label" l ON l."glyphId" = d."glyphId"
    WHERE d."collectionId" = ${collectionId} AND l."source" = 'person' AND (l."pass" = 'gold' OR l."kind" = 'retract') ORDER BY l."seq"`;
  const byGlyph = new Map<string, Row[]>();
  for (const row of rows) byGlyph.set(row.glyphId, [...(byGlyph.get(row.glyphId) ?? []), row]);
  return [...byGlyph.values()].flatMap((labels) => {
    const last = new Map(
      dropRetracted(labels)
        .filter(isDecision)
        .map((row) => [row.by, row]),
    );
    return [...last.values()].map(({ glyphId, by, kind, value, truth }) => ({
      glyphId,
      by,
      right: (kind === "class" ? value : "unusable") === truth,
    }));
  });
}
