import { NORMALIZATION_VERSION } from "../../../glyph/normalization-version.ts";
import { deriveState } from "../../../label/current-label.ts";
import type { LabelEvent } from "../../../label/label-event.ts";
import type { FieldReading, GlyphReading, Prediction } from "../../../pipeline/page-reading.ts";
import type { Tx } from "../../db/database.ts";
import { isMissingRow, isUniqueViolation } from "../../db/database-errors.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import type { Runtime } from "../../runtime.ts";
import { glyphWriter } from "../pages/glyph-writer.ts";
import type { ScanPage } from "../read/read-scan.ts";
import { packCrops } from "./pack-crops.ts";

interface PageContext {
  readonly pageId: string;
  readonly collectionId: string;
  readonly writer: string;
  /** The model's id, for its labels. */
  readonly model: string;
}

/**
 * Stores one read page with its glyphs and their first labels, all or nothing; its blobs before.
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
  const preview = page.preview.length > 0 ? await runtime.blobs.put(page.preview) : null;
  const { bytes, places } = packCrops(reading.fields);
  const crops = bytes.length > 0 ? await runtime.blobs.put(bytes) : null;
  const context: PageContext = {
    pageId,
    collectionId: scan.collectionId,
    writer: glyphWriter({ id: pageId, writer: reading.writer, card: reading.card }),
    model,
  };
  const rows = reading.fields.flatMap((field, fieldIndex) =>
    field.glyphs.map((glyph, index) => makeGlyphRow(context, field, glyph, { fieldIndex, index, ...places.get(glyph)! })),
  );
  try {
    await runtime.database.transaction(async (tx) => {
      await tx.page.create({
        data: {
          id: pageId,
          scanId: scan.id,
          collectionId: scan.collectionId,
          number: page.number,
          part: page.part,
          parts: page.parts,
          state: reading.status,
          reasonCode: reading.reason?.code ?? null,
          reasonMessage: reading.reason?.message ?? null,
          template: reading.template,
          card: reading.card,
          writer: reading.writer,
          widthPx: page.widthPx,
          heightPx: page.heightPx,
          ...(reading.registration !== null && { registration: toJson(reading.registration) }),
          fields: toJson(reading.fields.map(({ glyphs: _, ...field }) => field)),
          previewSha256: preview?.sha256 ?? null,
          cropsSha256: crops?.sha256 ?? null,
          glyphCount: rows.filter(({ row }) => row.status !== "blank").length,
        },
      });
      await tx.scan.updateMany({ where: { id: scan.id }, data: { pageCount: page.pageCount } });
      await insertGlyphs(tx, rows);
    });
    return true;
  } catch (error) {
    if (isUniqueViolation(error) || isMissingRow(error)) return false;
    throw error;
  }
}

type MachineLabel = Pick<LabelEvent, "source" | "value"> & { readonly by: string; readonly probability: number | null };

function makeGlyphRow(
  context: PageContext,
  field: FieldReading,
  glyph: GlyphReading,
  place: { fieldIndex: number; index: number; cropOffset: number; cropWidth: number; cropHeight: number },
) {
  const labels = machineLabels(field, glyph, context.model);
  const events = labels.map(({ source, value }): LabelEvent => ({ source, value, kind: "class", clientId: null }));
  const state = deriveState(events, { unsure: glyph.status === "unsure" });
  const row = {
    id: newId(),
    collectionId: context.collectionId,
    pageId: context.pageId,
    field: field.name,
    ...place,
    // In a divided field the box says what was asked for even if it is blank; in an undivided one only a count that fits does.
    prompt: glyph.label ?? (field.boxOutlines.length > 0 ? (field.prompt[place.index] ?? null) : null),
    promptSource: field.promptSource,
    status: glyph.status,
    boundsX: glyph.bounds[0],
    boundsY: glyph.bounds[1],
    boundsWidth: glyph.bounds[2],
    boundsHeight: glyph.bounds[3],
    image: Buffer.from(glyph.image).toString("base64"),
    normalization: NORMALIZATION_VERSION,
    predictionLabel: glyph.prediction?.label ?? null,
    predictionProbability: glyph.prediction?.probability ?? null,
    writer: context.writer,
    label: state.label,
    labelSource: state.source,
    reviewed: state.reviewed,
    unusable: state.unusable,
    disagrees: state.disagrees,
  };
  return { row, labels };
}

function machineLabels(field: FieldReading, glyph: GlyphReading, model: string): MachineLabel[] {
  const labels: MachineLabel[] = [];
  if (glyph.label !== null) {
    const fromPrint = field.promptSource === "ocr";
    labels.push({
      source: fromPrint ? "ocr" : "prompt",
      by: fromPrint ? "tesseract" : field.promptSource,
      value: glyph.label,
      probability: null,
    });
  }
  const prediction: Prediction | null = glyph.prediction;
  if (prediction !== null) labels.push({ source: "model", by: model, value: prediction.label, probability: prediction.probability });
  return labels;
}

/**
 * One statement each for glyphs and labels: the embedded database runs on the web server's thread, and Prisma's createMany of a page's glyphs
 * holds it far longer.
 */
async function insertGlyphs(tx: Tx, rows: readonly ReturnType<typeof makeGlyphRow>[]): Promise<void> {
  if (rows.length === 0) return;
  const glyphs = JSON.stringify(rows.map(({ row }) => row));
  await tx.$executeRaw`
    INSERT INTO "Glyph" ("id", "collectionId", "pageId", "field", "fieldIndex", "index", "prompt", "promptSource", "status",
      "boundsX", "boundsY", "boundsWidth", "boundsHeight", "image", "normalization", "cropOffset", "cropWidth", "cropHeight",
      "predictionLabel", "predictionProbability", "writer", "label", "labelSource", "reviewed", "unusable", "disagrees")
    SELECT "id", "collectionId", "pageId", "field", "fieldIndex", "index", "prompt", "promptSource", "status"::"GlyphStatus",
      "boundsX", "boundsY", "boundsWidth", "boundsHeight", decode("image", 'base64'), "normalization", "cropOffset", "cropWidth", "cropHeight",
      "predictionLabel", "predictionProbability", "writer", "label", "labelSource"::"LabelSource", "reviewed", "unusable", "disagrees"
    FROM jsonb_to_recordset(${glyphs}::jsonb) AS g("id" text, "collectionId" text, "pageId" text, "field" text, "fieldIndex" int2, "index" int2,
      "prompt" text, "promptSource" text, "status" text, "boundsX" float4, "boundsY" float4, "boundsWidth" float4, "boundsHeight" float4,
      "image" text, "normalization" text, "cropOffset" int4, "cropWidth" int2, "cropHeight" int2, "predictionLabel" text,
      "predictionProbability" float4, "writer" text, "label" text, "labelSource" text, "reviewed" bool, "unusable" bool, "disagrees" bool)`;
  const labels = JSON.stringify(rows.flatMap(({ row, labels: own }) => own.map((label) => ({ ...label, glyphId: row.id }))));
  await tx.$executeRaw`
    INSERT INTO "Label" ("glyphId", "source", "by", "kind", "value", "probability")
    SELECT "glyphId", "source"::"LabelSource", "by", 'class', "value", "probability"
    FROM jsonb_to_recordset(${labels}::jsonb) AS l("glyphId" text, "source" text, "by" text, "value" text, "probability" float4)`;
}
