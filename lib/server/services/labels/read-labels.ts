import type { LabelEvent } from "../../../label/label-event.ts";
import type { Tx } from "../../db/database.ts";
import { KEPT } from "../../db/kept.ts";

/** The labels of glyphs, each glyph's in the order appended; an empty list where there is none. */
export async function readLabels(tx: Tx, glyphIds: readonly string[]): Promise<Map<string, LabelEvent[]>> {
  const rows = await tx.$queryRaw<(LabelEvent & { glyphId: string })[]>`${KEPT}
    SELECT "glyphId", "source"::text, "by", "kind"::text, "value", "pass"::text, "clientId" FROM "Label"
    WHERE "glyphId" = ANY(${[...glyphIds]}) ORDER BY "glyphId", "seq"`;
  const byGlyph = new Map<string, LabelEvent[]>(glyphIds.map((id) => [id, []]));
  for (const { glyphId, ...label } of rows) byGlyph.get(glyphId)?.push(label);
  return byGlyph;
}
