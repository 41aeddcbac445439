import { type ReadAgain, setAsideLabelSchema } from "../../../contracts/scans.ts";
import type { FieldReading } from "../../../pipeline/page-reading.ts";
import type { Tx } from "../../db/database.ts";
import { toJson } from "../../db/to-json.ts";
import type { Runtime } from "../../runtime.ts";
import { settleField } from "../cuts/settle-field.ts";
import { countGlyphs } from "../pages/count-glyphs.ts";
import { glyphWriter } from "../pages/glyph-writer.ts";
import type { ScanPage } from "../read/read-scan.ts";
import { type Carried, carryGlyphs } from "./carry-glyphs.ts";
import { deleteUnnamedBlob } from "./delete-unnamed-blob.ts";
import { findConflict } from "./find-conflict.ts";
import { makeGlyphRows, storeGlyphs } from "./glyph-rows.ts";
import { holdBlobs, putBytes } from "./hold-blobs.ts";
import { placeKeptCrops, readCutCrops } from "./keep-crops.ts";
import { packCrops } from "./pack-crops.ts";
import { pageValues } from "./page-values.ts";

interface Replacement {
  readonly pageId: string;
  readonly jobId: string;
  readonly request: ReadAgain;
  readonly page: ScanPage;
  /** The model's id, for its labels. */
  readonly model: string;
}

/**
 * Puts a new reading in the place of a page's old one, all or nothing. A glyph whose ink is found again keeps its id and its labels; people's labels on others
 * are set aside with the page. With `duplicate: "instead"` the glyphs of the page read first come over likewise, box by box, and that page counts as replaced.
 * @returns why nothing was changed: a page that was read stays so where the new reading is refused. Null where it was stored (read, or refused with its
 *   new reason), and where this job has stored it before, or another one was asked for since.
 */
export async function replaceReading(runtime: Runtime, { pageId, jobId, request, page, model }: Replacement): Promise<string | null> {
  const { reading } = page;
  const previewBlob = await putBytes(runtime, page.preview);
  const { bytes, places } = packCrops(reading.fields);
  // No cut comes in between: none is done while the page is read again.
  const cutCrops = await readCutCrops(runtime, pageId);
  const all = cutCrops.bytes.length === 0 ? bytes : new Uint8Array(Buffer.concat([bytes, cutCrops.bytes]));
  const cropsBlob = await putBytes(runtime, all);
  const [preview, crops] = [previewBlob?.sha256 ?? null, cropsBlob?.sha256 ?? null];
  const { refusal, unnamed } = await runtime.database.transaction(async (tx): Promise<Outcome> => {
    await holdBlobs(runtime, tx, [previewBlob, cropsBlob]);
    await tx.$queryRaw`SELECT "id" FROM "Page" WHERE "id" = ${pageId} FOR UPDATE`;
    const old = await tx.page.findUnique({ where: { id: pageId } });
    if (old === null || old.readJobId !== jobId || old.readByJobId === jobId) return { refusal: null, unnamed: [preview, crops] };
    const { collectionId, anotherSheet, readHere } = old;
    const found = await findConflict(tx, reading, { pageId, collectionId, anotherSheet, readHere });
    const takes = found?.reason.code === "duplicate" && request.duplicate === "instead" ? found.duplicateOf : null;
    const conflict = takes === null ? found : null;
    const why = conflict?.reason.message ?? reading.reason?.message ?? null;
    if (why !== null && old.state === "read") return { refusal: `${why} The page stays as it was read before.`, unnamed: [preview, crops] };

    const writer = old.writer ?? reading.writer;
    const context = { pageId, collectionId, model, writer: glyphWriter({ id: pageId, writer, card: reading.card }) };
    const fresh = conflict === null ? makeGlyphRows(context, reading, places) : [];
    const own = await carryGlyphs(tx, fresh, { from: pageId, by: "place" });
    const first = takes === null ? { rows: own.rows, setAside: [] } : await carryGlyphs(tx, own.rows, { from: takes, by: "box" });
    await storeGlyphs(tx, first.rows);
    const before = setAsideLabelSchema.array().nullable().parse(old.setAside) ?? [];
    const setAside = [...before, ...own.setAside, ...first.setAside];
    await tx.page.update({
      where: { id: pageId },
      data: { ...pageValues(page, { preview, crops }, conflict), writer, readByJobId: jobId, setAside: toJson(setAside) },
    });
    await placeKeptCrops(tx, own.kept, { offsets: cutCrops.offsets, start: bytes.length });
    await placeCuts(tx, pageId, { places: own.places, fields: reading.fields });
    const replaced = takes === null ? null : await markReplaced(tx, takes, pageId);
    return { refusal: null, unnamed: [old.previewSha256, old.cropsSha256, crops, replaced] };
  });
  for (const sha256 of new Set(unnamed)) if (sha256 !== null) await deleteUnnamedBlob(runtime, sha256);
  return refusal;
}

interface Outcome {
  readonly refusal: string | null;
  /** Blobs that may be named no more. */
  readonly unnamed: readonly (string | null)[];
}

/** Puts what people have cut, and what stays cut so, among the fields as they were read now. */
async function placeCuts(
  tx: Tx,
  pageId: string,
  { places, fields }: { places: Carried["places"]; fields: readonly FieldReading[] },
): Promise<void> {
  if (places.length === 0) return;
  for (const { id, ...place } of places) await tx.glyph.update({ where: { id }, data: place });
  for (const fieldIndex of new Set(places.map((place) => place.fieldIndex))) {
    const field = fields[fieldIndex];
    if (field.boxOutlines.length === 0) await settleField(tx, pageId, { fieldIndex, field });
  }
  await tx.page.update({ where: { id: pageId }, data: { glyphCount: await countGlyphs(tx, pageId) } });
}

/** @returns the blob of its crops, which it names no more */
async function markReplaced(tx: Tx, pageId: string, by: string): Promise<string | null> {
  const before = await tx.page.findUniqueOrThrow({ where: { id: pageId }, select: { cropsSha256: true } });
  await tx.page.update({
    where: { id: pageId },
    data: {
      state: "rejected",
      reasonCode: "replaced",
      reasonMessage:
        "Another picture of this card was taken instead, as a person chose. Its glyphs and the labels people gave are there now.",
      duplicateOf: by,
      fields: [],
      glyphCount: 0,
      cropsSha256: null,
    },
  });
  return before.cropsSha256;
}
