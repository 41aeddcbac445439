import { z } from "zod";
import { type PageView, pageViewSchema } from "../../../contracts/scans.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Runtime } from "../../runtime.ts";
import { PAGE_COLUMNS, viewPageSummary } from "./page-summary.ts";

/** What the column `fields` holds: the page view's fields without their glyphs. */
export const storedFieldsSchema = z.array(pageViewSchema.shape.fields.element.omit({ glyphs: true }));

/** A page with its fields and glyphs. @throws InkformError `not-found` */
export async function getPage(runtime: Runtime, pageId: string): Promise<PageView> {
  const { client } = runtime.database;
  const page = await client.page.findUnique({
    where: { id: pageId },
    select: { ...PAGE_COLUMNS, registration: true, fields: true, scan: { select: { fileName: true } } },
  });
  if (page === null) throw new InkformError("not-found", `There is no page ${pageId}; its scan may have been deleted.`);
  const glyphs = await client.glyph.findMany({
    where: { pageId },
    orderBy: [{ fieldIndex: "asc" }, { index: "asc" }],
    omit: { image: true },
  });
  const fields = storedFieldsSchema.parse(page.fields).map((field): PageView["fields"][number] => ({ ...field, glyphs: [] }));
  let disagreeing = 0;
  for (const glyph of glyphs) {
    if (glyph.disagrees && !glyph.reviewed && glyph.status !== "blank") disagreeing++;
    fields[glyph.fieldIndex]?.glyphs.push({
      id: glyph.id,
      index: glyph.index,
      bounds: [glyph.boundsX, glyph.boundsY, glyph.boundsWidth, glyph.boundsHeight],
      label: glyph.label,
      status: glyph.status,
      reviewed: glyph.reviewed,
      unusable: glyph.unusable,
      prediction: glyph.predictionLabel === null ? null : { label: glyph.predictionLabel, probability: glyph.predictionProbability ?? 0 },
    });
  }
  return {
    ...viewPageSummary(page, disagreeing),
    scanId: page.scanId,
    fileName: page.scan.fileName,
    registration: pageViewSchema.shape.registration.parse(page.registration),
    fields,
  };
}
