import { z } from "zod";
import { byHandSchema, type PageView, pageGlyphSchema, pageViewSchema, setAsideLabelSchema } from "../../../contracts/scans.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import type { Runtime } from "../../runtime.ts";
import { viewCuts } from "../cuts/view-cuts.ts";
import { viewStatus } from "../glyphs/glyph-status.ts";
import { findOtherCollection } from "../scans/find-conflict.ts";
import { countPeoplesLabels } from "./count-peoples-labels.ts";
import { PAGE_COLUMNS, viewPageSummary } from "./page-summary.ts";

/** What the column `fields` holds: the page view's fields without their glyphs. */
export const storedFieldsSchema = z.array(pageViewSchema.shape.fields.element.omit({ glyphs: true }));
export type StoredField = z.infer<typeof storedFieldsSchema>[number];

/** A page with its fields and glyphs. @throws InkformError `not-found` */
export async function getPage(runtime: Runtime, pageId: string): Promise<PageView> {
  const { client } = runtime.database;
  const page = await client.page.findUnique({
    where: { id: pageId },
    select: {
      ...PAGE_COLUMNS,
      registration: true,
      fields: true,
      byHand: true,
      setAside: true,
      scan: { select: { fileName: true } },
      readJob: { select: { state: true, fraction: true, message: true, failure: true } },
    },
  });
  if (page === null) throw new InkformError("not-found", `There is no page ${pageId}; its scan may have been deleted.`);
  const glyphs = await client.glyph.findMany({
    where: { pageId, status: { not: GlyphStatus.superseded } },
    orderBy: [{ fieldIndex: "asc" }, { index: "asc" }, { id: "asc" }],
    omit: { image: true },
  });
  const fields = storedFieldsSchema.parse(page.fields).map((field): PageView["fields"][number] => ({ ...field, glyphs: [] }));
  const cuts = await viewCuts(client, pageId);
  const cutOut = new Set(cuts.filter(({ kind }) => kind !== "undo").flatMap(({ after }) => after));
  let disagreeing = 0;
  for (const glyph of glyphs) {
    if (glyph.disagrees && !glyph.reviewed && glyph.status !== "blank") disagreeing++;
    fields[glyph.fieldIndex]?.glyphs.push({
      id: glyph.id,
      index: glyph.index,
      bounds: [glyph.boundsX, glyph.boundsY, glyph.boundsWidth, glyph.boundsHeight],
      label: glyph.label,
      status: pageGlyphSchema.shape.status.parse(viewStatus(glyph.status)),
      reviewed: glyph.reviewed,
      unusable: glyph.unusable,
      prediction: glyph.predictionLabel === null ? null : { label: glyph.predictionLabel, probability: glyph.predictionProbability ?? 0 },
      decidedBy: glyph.decidedBy,
      cut: cutOut.has(glyph.id),
    });
  }
  const first =
    page.duplicateOf === null
      ? null
      : await client.page.findUnique({
          where: { id: page.duplicateOf },
          select: { id: true, number: true, scan: { select: { fileName: true } } },
        });
  return {
    ...viewPageSummary(page, disagreeing),
    duplicateOf: first?.id ?? null,
    first: first === null ? null : { id: first.id, number: first.number, fileName: first.scan.fileName },
    reading: page.readJob,
    byHand: byHandSchema.nullable().parse(page.byHand),
    cuts,
    setAside: setAsideLabelSchema.array().nullable().parse(page.setAside) ?? [],
    peoplesLabels: await countPeoplesLabels(client, pageId, first?.id ?? null),
    otherCollection:
      page.card === null || page.reasonCode !== "other-collection" ? null : await findOtherCollection(client, page.card, page.collectionId),
    scanId: page.scanId,
    fileName: page.scan.fileName,
    registration: pageViewSchema.shape.registration.parse(page.registration),
    fields,
  };
}
