import type { Tx } from "../../db/database.ts";
import { Prisma } from "../../db/generated/client.ts";
import { deriveGlyphState } from "../glyphs/derive-glyph-state.ts";
import { GLYPH_COLUMNS, type GlyphRow, withState } from "../glyphs/glyph-view.ts";
import { readLabels } from "./read-labels.ts";

/** Brings glyphs' states up to date with their labels, whoever wrote those. Their rows are locked by the caller. */
export async function updateStates(tx: Tx, ids: readonly string[]): Promise<void> {
  const rows = await tx.glyph.findMany({ where: { id: { in: [...ids] } }, select: GLYPH_COLUMNS });
  const labels = await readLabels(tx, ids);
  await tx.$executeRaw(stateUpdate(rows.map((row) => withState(row, deriveGlyphState(row, labels.get(row.id)!)))));
}

/** The statement that writes glyphs' states: one for up to 1,000 of them. */
export function stateUpdate(rows: readonly GlyphRow[]): Prisma.Sql {
  const states = rows.map(({ id, label, labelSource, reviewed, unusable, disagrees, conflict, flag, decidedBy, soleDecider }) => ({
    ...{ id, label, labelSource, reviewed, unusable, disagrees },
    ...{ conflict, flag, decidedBy, soleDecider },
  }));
  return Prisma.sql`UPDATE "Glyph" AS g
    SET "label" = s."label", "labelSource" = s."labelSource"::"LabelSource", "reviewed" = s."reviewed", "unusable" = s."unusable", "disagrees" = s."disagrees",
      "conflict" = s."conflict", "flag" = s."flag", "decidedBy" = s."decidedBy", "soleDecider" = s."soleDecider"
    FROM jsonb_to_recordset(${JSON.stringify(states)}::jsonb) AS s("id" text, "label" text, "labelSource" text, "reviewed" boolean, "unusable" boolean,
      "disagrees" boolean, "conflict" boolean, "flag" text, "decidedBy" text, "soleDecider" text)
    WHERE g."id" = s."id"`;
}
