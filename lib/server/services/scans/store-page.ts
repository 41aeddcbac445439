import { isMissingRow, isUniqueViolation } from "../../db/database-errors.ts";
import { newId } from "../../db/new-id.ts";
import type { Runtime } from "../../runtime.ts";
import { glyphWriter } from "../pages/glyph-writer.ts";
import type { ScanPage } from "../read/read-scan.ts";
import { findConflict } from "./find-conflict.ts";
import { makeGlyphRows, storeGlyphs } from "./glyph-rows.ts";
import { holdBlobs, putBytes } from "./hold-blobs.ts";
import { packCrops } from "./pack-crops.ts";
import { pageValues } from "./page-values.ts";

/**
 * Stores one read page with its glyphs and their first labels, all or nothing; its blobs before. A page that was read before, or belongs to another
 * collection, is stored as refused (`findConflict`), without glyphs.
 * @returns false where the page is there already (an earlier try stored it) or its scan was deleted meanwhile.
 */
export async function storePage(
  runtime: Runtime,
  scan: { readonly id: string; readonly collectionId: string },
  page: ScanPage,
  model: string,
): Promise<boolean> {
  const { reading } = page;
  const pageId = newId();
  const preview = await putBytes(runtime, page.preview);
  const { bytes, places } = packCrops(reading.fields);
  const crops = await putBytes(runtime, bytes);
  const sums = { preview: preview?.sha256 ?? null, crops: crops?.sha256 ?? null };
  const { collectionId } = scan;
  const writer = glyphWriter({ id: pageId, writer: reading.writer, card: reading.card });
  const rows = makeGlyphRows({ pageId, collectionId, writer, model }, reading, places);
  const key = { id: pageId, scanId: scan.id, collectionId, number: page.number, part: page.part, parts: page.parts };
  try {
    await runtime.database.transaction(async (tx) => {
      await holdBlobs(runtime, tx, [preview, crops]);
      const conflict = await findConflict(tx, reading, { pageId, collectionId, anotherSheet: false, readHere: false });
      await tx.page.create({ data: { ...key, writer: reading.writer, ...pageValues(page, sums, conflict) } });
      await tx.scan.updateMany({ where: { id: scan.id }, data: { pageCount: page.pageCount } });
      if (conflict === null) await storeGlyphs(tx, rows);
    });
    return true;
  } catch (error) {
    if (isUniqueViolation(error) || isMissingRow(error)) return false;
    throw error;
  }
}
