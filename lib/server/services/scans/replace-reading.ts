import { type ReadAgain, type SetAsideLabel, setAsideLabelSchema } from "../../../contracts/scans.ts";
import { listDecisions } from "../../../label/list-decisions.ts";
import type { Tx } from "../../db/database.ts";
import { toJson } from "../../db/to-json.ts";
import type { Runtime } from "../../runtime.ts";
import { glyphWriter } from "../pages/glyph-writer.ts";
import type { ScanPage } from "../read/read-scan.ts";
import { deleteUnnamedBlob } from "./delete-unnamed-blob.ts";
import { findConflict } from "./find-conflict.ts";
import { type GlyphRow, makeGlyphRows, storeGlyphs, takeOver } from "./glyph-rows.ts";
import { matchGlyphs } from "./match-glyphs.ts";
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
  const preview = page.preview.length > 0 ? (await runtime.blobs.put(page.preview)).sha256 : null;
  const { bytes, places } = packCrops(reading.fields);
  const crops = bytes.length > 0 ? (await runtime.blobs.put(bytes)).sha256 : null;
  const { refusal, unnamed } = await runtime.database.transaction(async (tx): Promise<Outcome> => {
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
    const own = await carry(tx, fresh, { from: pageId, by: "place" });
    const first = takes === null ? { rows: own.rows, setAside: [] } : await carry(tx, own.rows, { from: takes, by: "box" });
    await storeGlyphs(tx, first.rows);
    const before = setAsideLabelSchema.array().nullable().parse(old.setAside) ?? [];
    const setAside = [...before, ...own.setAside, ...first.setAside];
    await tx.page.update({
      where: { id: pageId },
      data: { ...pageValues(page, { preview, crops }, conflict), writer, readByJobId: jobId, setAside: toJson(setAside) },
    });
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

/** Gives new rows the ids of the earlier glyphs of the same ink; removes the other earlier ones, and says what people had said about them. */
async function carry(
  tx: Tx,
  fresh: readonly GlyphRow[],
  { from, by }: { from: string; by: "place" | "box" },
): Promise<{ rows: readonly GlyphRow[]; setAside: SetAsideLabel[] }> {
  await tx.$queryRaw`SELECT "id" FROM "Glyph" WHERE "pageId" = ${from} ORDER BY "id" FOR UPDATE`;
  const earlier = await tx.glyph.findMany({
    where: { pageId: from },
    include: { labels: { orderBy: { seq: "asc" } } },
    orderBy: [{ fieldIndex: "asc" }, { index: "asc" }],
  });
  if (earlier.length === 0) return { rows: fresh, setAside: [] };
  const matches = matchGlyphs(
    earlier.map((glyph) => ({ ...glyph, bounds: [glyph.boundsX, glyph.boundsY, glyph.boundsWidth, glyph.boundsHeight] as const })),
    fresh.map(({ row }) => ({
      field: row.field,
      index: row.index,
      bounds: [row.boundsX, row.boundsY, row.boundsWidth, row.boundsHeight] as const,
      image: Buffer.from(row.image, "base64"),
    })),
    by,
  );
  const rows = fresh.map((glyph, i) => {
    const match = matches.get(i);
    if (match === undefined) return glyph;
    const { id, labels } = earlier[match];
    return takeOver(glyph, { id, labels });
  });
  const kept = new Set([...matches.values()].map((k) => earlier[k].id));
  const lost = earlier.filter((glyph) => !kept.has(glyph.id));
  const setAside = lost.flatMap(({ field, index, prompt, labels }) =>
    listDecisions(labels).map(
      ({ kind, value, by: person, at }): SetAsideLabel => ({ field, index, prompt, kind, value, by: person, at: at.toISOString() }),
    ),
  );
  await tx.glyph.deleteMany({ where: { id: { in: lost.map(({ id }) => id) } } });
  // Out of the way: a glyph may move to another's place among the fields.
  await tx.$executeRaw`UPDATE "Glyph" SET "fieldIndex" = -1 - "fieldIndex" WHERE "pageId" = ${from}`;
  return { rows, setAside };
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
