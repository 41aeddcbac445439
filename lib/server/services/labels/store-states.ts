import type { Tx } from "../../db/database.ts";
import type { GlyphRow } from "../glyphs/glyph-view.ts";

/** Writes glyphs' states: one statement for up to 1,000 of them, since as many single updates would hold the embedded database for half a second. */
export async function storeStates(tx: Tx, rows: readonly GlyphRow[]): Promise<void> {
  if (rows.length === 0) return;
  const states = rows.map(({ id, label, labelSource, reviewed, unusable, disagrees, conflict, flag, decidedBy, soleDecider }) => ({
    ...{ id, label, labelSource, reviewed, unusable, disagrees },
    ...{ conflict, flag, decidedBy, soleDecider },
  }));
  await tx.$executeRaw`
    UPDATE "Glyph" AS g
    SET "label" = s."label", "labelSource" = s."labelSource"::"LabelSource", "reviewed" = s."reviewed", "unusable" = s."unusable", "disagrees" = s."disagrees",
      "conflict" = s."conflict", "flag" = s."flag", "decidedBy" = s."decidedBy", "soleDecider" = s."soleDecider"
    FROM jsonb_to_recordset(${JSON.stringify(states)}::jsonb) AS s("id" text, "label" text, "labelSource" text, "reviewed" boolean, "unusable" boolean,
      "disagrees" boolean, "conflict" boolean, "flag" text, "decidedBy" text, "soleDecider" text)
    WHERE g."id" = s."id"`;
}
