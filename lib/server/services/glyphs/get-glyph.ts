import type { GlyphDetail } from "../../../contracts/review.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { dropOthersDecisions } from "../../../label/drop-others-decisions.ts";
import { listDecisions } from "../../../label/list-decisions.ts";
import type { Queryable } from "../../db/database.ts";
import { beforeSchema } from "../cuts/supersede.ts";
import { readPosteriors } from "../quality/read-posteriors.ts";
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
  const estimates =
    glyph.fusedLabel === null ? new Map<string, never>() : await readPosteriors(db, [glyph], { collectionId: glyph.collectionId, blind });
  const posterior = estimates.get(id) ?? null;
  const labels = blind ? dropOthersDecisions(glyph.labels, null) : glyph.labels;
  return {
    ...(blind ? viewBlind(glyph, glyph.labels, posterior) : viewGlyph(glyph)),
    bounds: [glyph.boundsX, glyph.boundsY, glyph.boundsWidth, glyph.boundsHeight],
    normalization: glyph.normalization,
    posterior: posterior?.view ?? null,
    suspectLabel: glyph.suspect && !blind ? glyph.suspectLabel : null,
    replacedBy: glyph.status === "superseded" ? await findSuccessors(db, glyph) : [],
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

/** The glyphs that count in the place of one that was cut anew. */
async function findSuccessors(db: Queryable, { id, pageId }: { id: string; pageId: string }): Promise<string[]> {
  const cuts = await db.glyphCut.findMany({ where: { pageId }, orderBy: { id: "asc" }, select: { before: true, after: true } });
  // The last cut that took it out of use says what came; what was cut further since leads on from there.
  const cut = cuts.findLast(({ before }) => beforeSchema.parse(before).some((glyph) => glyph.id === id));
  // A later reading of the page may not have found them again.
  const there = await db.glyph.findMany({
    where: { id: { in: cut?.after ?? [] } },
    select: { id: true },
    orderBy: [{ index: "asc" }, { id: "asc" }],
  });
  return there.map((glyph) => glyph.id);
}
