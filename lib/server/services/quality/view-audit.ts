import { z } from "zod";
import type { AuditView } from "../../../contracts/quality.ts";
import { auditBound, checksLeft } from "../../../label/audit-bound.ts";
import type { Queryable } from "../../db/database.ts";

/** The share of wrong labels that an audit is to show. */
const TARGET = 0.001;

export const auditSampleSchema = z.array(z.object({ glyphId: z.string(), label: z.string().nullable() }));

interface AuditRow {
  readonly id: string;
  readonly createdAt: Date;
  readonly population: number;
  readonly lastSeq: bigint;
  readonly sample: unknown;
}

/** An audit as it stands: what people said of its glyphs since it was drawn, against the labels that were drawn. */
export async function viewAudit(db: Queryable, { id, createdAt, population, lastSeq, sample }: AuditRow): Promise<AuditView> {
  const drawn = auditSampleSchema.parse(sample);
  const glyphs = await db.glyph.findMany({
    where: {
      id: { in: drawn.map(({ glyphId }) => glyphId) },
      reviewed: true,
      labels: { some: { source: "person", seq: { gt: lastSeq }, kind: { in: ["class", "unusable", "blank"] }, pass: { not: "gold" } } },
    },
    select: { id: true, label: true, unusable: true },
  });
  const labelOf = new Map(drawn.map(({ glyphId, label }) => [glyphId, label]));
  const wrong = glyphs.filter((glyph) => (glyph.unusable ? null : glyph.label) !== labelOf.get(glyph.id)).length;
  const checked = glyphs.length;
  return {
    id,
    createdAt: createdAt.toISOString(),
    population,
    size: drawn.length,
    checked,
    wrong,
    bound: auditBound(wrong, checked),
    checksToTarget: Math.min(population - checked, checksLeft(wrong, checked, TARGET)),
  };
}
