import { NORMALIZATION_VERSION } from "../../../glyph/normalization-version.ts";
import { deriveState } from "../../../label/current-label.ts";
import type { LabelEvent } from "../../../label/label-event.ts";
import type { FieldReading, GlyphReading, PageReading, Prediction } from "../../../pipeline/page-reading.ts";
import type { Tx } from "../../db/database.ts";
import { newId } from "../../db/new-id.ts";
import { isDoubtful, storedStatus } from "../glyphs/glyph-status.ts";
import type { CropPlace } from "./pack-crops.ts";

export interface PageContext {
  readonly pageId: string;
  readonly collectionId: string;
  readonly writer: string;
  /** The model's id, for its labels. */
  readonly model: string;
}

/** A glyph to be stored, and its machine labels. */
export type GlyphRow = ReturnType<typeof makeGlyphRow>;

/** What a glyph's row takes from its field. */
export type RowField = Pick<FieldReading, "name" | "prompt" | "boxOutlines"> & { readonly promptSource: string };

/** The rows of all glyphs of a reading. */
export function makeGlyphRows(context: PageContext, { fields }: PageReading, places: ReadonlyMap<GlyphReading, CropPlace>): GlyphRow[] {
  return fields.flatMap((field, fieldIndex) =>
    field.glyphs.map((glyph, index) => makeGlyphRow(context, field, glyph, { fieldIndex, index, ...places.get(glyph)! })),
  );
}

/** The same row for a glyph that is there already: it keeps its id, and with that the labels given so far, which come before the machine's new ones. */
export function takeOver({ row, labels }: GlyphRow, earlier: { readonly id: string; readonly labels: readonly LabelEvent[] }): GlyphRow {
  const { source, ...state } = deriveState([...earlier.labels, ...toEvents(labels)], { unsure: isDoubtful(row.status) });
  return { row: { ...row, id: earlier.id, ...state, labelSource: source }, labels };
}

type MachineLabel = Pick<LabelEvent, "source" | "value" | "by"> & { readonly probability: number | null };

/** The row of one glyph of `field`; `place.index` is its box. */
export function makeGlyphRow(
  context: PageContext,
  field: RowField,
  glyph: GlyphReading,
  place: { fieldIndex: number; index: number; cropOffset: number; cropWidth: number; cropHeight: number },
) {
  const labels = machineLabels(field, glyph, context.model);
  const status = storedStatus(glyph.status);
  const { source, ...state } = deriveState(toEvents(labels), { unsure: isDoubtful(status) });
  const row = {
    id: newId(),
    collectionId: context.collectionId,
    pageId: context.pageId,
    field: field.name,
    ...place,
    // In a divided field the box says what was asked for even if it is blank; in an undivided one only a count that fits does.
    prompt: glyph.label ?? (field.boxOutlines.length > 0 ? (field.prompt[place.index] ?? null) : null),
    promptSource: field.promptSource,
    status,
    boundsX: glyph.bounds[0],
    boundsY: glyph.bounds[1],
    boundsWidth: glyph.bounds[2],
    boundsHeight: glyph.bounds[3],
    image: Buffer.from(glyph.image).toString("base64"),
    normalization: NORMALIZATION_VERSION,
    predictionLabel: glyph.prediction?.label ?? null,
    predictionProbability: glyph.prediction?.probability ?? null,
    writer: context.writer,
    ...state,
    labelSource: source,
  };
  return { row, labels };
}

function toEvents(labels: readonly MachineLabel[]): LabelEvent[] {
  return labels.map(({ source, value, by }) => ({ source, value, by, kind: "class", clientId: null }));
}

function machineLabels(field: RowField, glyph: GlyphReading, model: string): MachineLabel[] {
  const labels: MachineLabel[] = [];
  if (glyph.label !== null) labels.push({ ...promptSigner(field.promptSource), value: glyph.label, probability: null });
  const prediction: Prediction | null = glyph.prediction;
  if (prediction !== null) labels.push({ source: "model", by: model, value: prediction.label, probability: prediction.probability });
  return labels;
}

/** Who says what a field's prompt asks for. */
export function promptSigner(promptSource: string): { source: "ocr" | "prompt"; by: string } {
  return promptSource === "ocr" ? { source: "ocr", by: "tesseract" } : { source: "prompt", by: promptSource };
}

/**
 * Stores glyphs; one that is there already is written over and its labels are added to its earlier ones.
 * One statement each for glyphs and labels: the embedded database runs on the web server's thread, and Prisma's createMany of a page's glyphs
 * holds it far longer.
 */
export async function storeGlyphs(tx: Tx, rows: readonly GlyphRow[]): Promise<void> {
  if (rows.length === 0) return;
  const glyphs = JSON.stringify(rows.map(({ row }) => row));
  await tx.$executeRaw`
    INSERT INTO "Glyph" ("id", "collectionId", "pageId", "field", "fieldIndex", "index", "prompt", "promptSource", "status",
      "boundsX", "boundsY", "boundsWidth", "boundsHeight", "image", "normalization", "cropOffset", "cropWidth", "cropHeight",
      "predictionLabel", "predictionProbability", "writer", "label", "labelSource", "reviewed", "unusable", "disagrees",
      "conflict", "flag", "decidedBy", "soleDecider")
    SELECT "id", "collectionId", "pageId", "field", "fieldIndex", "index", "prompt", "promptSource", "status"::"GlyphStatus",
      "boundsX", "boundsY", "boundsWidth", "boundsHeight", decode("image", 'base64'), "normalization", "cropOffset", "cropWidth", "cropHeight",
      "predictionLabel", "predictionProbability", "writer", "label", "labelSource"::"LabelSource", "reviewed", "unusable", "disagrees",
      "conflict", "flag", "decidedBy", "soleDecider"
    FROM jsonb_to_recordset(${glyphs}::jsonb) AS g("id" text, "collectionId" text, "pageId" text, "field" text, "fieldIndex" int2, "index" int2,
      "prompt" text, "promptSource" text, "status" text, "boundsX" float4, "boundsY" float4, "boundsWidth" float4, "boundsHeight" float4,
      "image" text, "normalization" text, "cropOffset" int4, "cropWidth" int2, "cropHeight" int2, "predictionLabel" text,
      "predictionProbability" float4, "writer" text, "label" text, "labelSource" text, "reviewed" bool, "unusable" bool, "disagrees" bool,
      "conflict" bool, "flag" text, "decidedBy" text, "soleDecider" text)
    ON CONFLICT ("id") DO UPDATE SET "pageId" = excluded."pageId", "field" = excluded."field", "fieldIndex" = excluded."fieldIndex",
      "index" = excluded."index", "prompt" = excluded."prompt", "promptSource" = excluded."promptSource", "status" = excluded."status",
      "boundsX" = excluded."boundsX", "boundsY" = excluded."boundsY", "boundsWidth" = excluded."boundsWidth", "boundsHeight" = excluded."boundsHeight",
      "image" = excluded."image", "normalization" = excluded."normalization", "cropOffset" = excluded."cropOffset",
      "cropWidth" = excluded."cropWidth", "cropHeight" = excluded."cropHeight", "predictionLabel" = excluded."predictionLabel",
      "predictionProbability" = excluded."predictionProbability", "writer" = excluded."writer", "label" = excluded."label",
      "labelSource" = excluded."labelSource", "reviewed" = excluded."reviewed", "unusable" = excluded."unusable", "disagrees" = excluded."disagrees",
      "conflict" = excluded."conflict", "flag" = excluded."flag", "decidedBy" = excluded."decidedBy", "soleDecider" = excluded."soleDecider",
      "fusedLabel" = NULL, "fusedProbability" = NULL, "doubt" = NULL, "suspect" = false`;
  const labels = JSON.stringify(rows.flatMap(({ row, labels: own }) => own.map((label) => ({ ...label, glyphId: row.id }))));
  await tx.$executeRaw`
    INSERT INTO "Label" ("glyphId", "source", "by", "kind", "value", "probability")
    SELECT "glyphId", "source"::"LabelSource", "by", 'class', "value", "probability"
    FROM jsonb_to_recordset(${labels}::jsonb) AS l("glyphId" text, "source" text, "by" text, "value" text, "probability" float4)`;
}
