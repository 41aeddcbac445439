import type { GlyphDetail } from "../../../contracts/review.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Queryable } from "../../db/database.ts";
import { viewGlyph } from "./glyph-view.ts";

/**
 * One glyph with its way back: the page's file and number, the card, where on the page, and every label in the order given.
 * @throws InkformError `not-found`
 */
export async function getGlyph(db: Queryable, id: string): Promise<GlyphDetail> {
  const glyph = await db.glyph.findUnique({
    where: { id },
    omit: { image: true },
    include: {
      page: { select: { number: true, card: true, template: true, scan: { select: { fileName: true } } } },
      labels: { orderBy: { seq: "asc" } },
    },
  });
  if (glyph === null) throw new InkformError("not-found", `There is no glyph ${id}.`);
  return {
    ...viewGlyph(glyph),
    bounds: [glyph.boundsX, glyph.boundsY, glyph.boundsWidth, glyph.boundsHeight],
    normalization: glyph.normalization,
    fileName: glyph.page.scan.fileName,
    pageNumber: glyph.page.number,
    card: glyph.page.card,
    template: glyph.page.template,
    labels: glyph.labels.map((label) => ({
      source: label.source,
      by: label.by,
      kind: label.kind,
      value: label.value,
      probability: label.probability,
      at: label.at.toISOString(),
    })),
  };
}
