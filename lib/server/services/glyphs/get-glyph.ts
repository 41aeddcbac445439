import type { GlyphDetail } from "../../../contracts/review.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { dropOthersDecisions } from "../../../label/drop-others-decisions.ts";
import { listDecisions } from "../../../label/list-decisions.ts";
import type { Queryable } from "../../db/database.ts";
import { viewGlyph } from "./glyph-view.ts";
import { viewBlind } from "./view-blind.ts";

/**
 * One glyph with its way back: the page's file and number, the card, where on the page, and every label in the order given.
 * @param options.blind as if nobody had decided on it
 * @throws InkformError `not-found`
 */
export async function getGlyph(db: Queryable, id: string, { blind }: { blind: boolean } = { blind: false }): Promise<GlyphDetail> {
  const glyph = await db.glyph.findUnique({
    where: { id },
    omit: { image: true },
    include: {
      page: { select: { number: true, card: true, template: true, scan: { select: { fileName: true } } } },
      labels: { orderBy: { seq: "asc" } },
    },
  });
  if (glyph === null) throw new InkformError("not-found", `There is no glyph ${id}.`);
  const labels = blind ? dropOthersDecisions(glyph.labels, null) : glyph.labels;
  return {
    ...(blind ? viewBlind(glyph, glyph.labels) : viewGlyph(glyph)),
    bounds: [glyph.boundsX, glyph.boundsY, glyph.boundsWidth, glyph.boundsHeight],
    normalization: glyph.normalization,
    fileName: glyph.page.scan.fileName,
    pageNumber: glyph.page.number,
    card: glyph.page.card,
    template: glyph.page.template,
    decisions: listDecisions(labels).map(({ by, kind, value, at }) => ({ by, kind, value, at: at.toISOString() })),
    labels: labels.map((label) => ({
      source: label.source,
      by: label.by,
      kind: label.kind,
      value: label.value,
      pass: label.pass,
      probability: label.probability,
      clientId: label.clientId,
      at: label.at.toISOString(),
    })),
  };
}
