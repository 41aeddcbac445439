import { z } from "zod";
import { idSchema } from "./common.ts";

/** GET /api/collections/:slug/glyphs?state=&label=&page=&cursor=&limit= */
export const glyphQuerySchema = z.strictObject({
  /** `open`: not reviewed. `disagree`: open and the sources differ or the cut is unsure. `spoiled`: open and crossed out or overwritten. */
  state: z.enum(["all", "open", "disagree", "spoiled", "reviewed", "unusable"]).default("open"),
  label: z.string().length(1).optional(),
  prediction: z.string().length(1).optional(),
  page: idSchema.optional(),
  writer: z.string().optional(),
  /** `queue`: contradictions, doubtful cuts, the rest. `doubt`: what the estimate of labels (quality.ts) holds for likeliest wrong; only glyphs it has seen. */
  order: z.enum(["queue", "doubt"]).default("queue"),
  /** Only the sample of this audit; `open` then means: not looked at since it was drawn. */
  audit: idSchema.optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(300),
});

export const glyphViewSchema = z.object({
  id: idSchema,
  pageId: idSchema,
  field: z.string(),
  index: z.number().int(),
  prompt: z.string().nullable(),
  label: z.string().nullable(),
  labelSource: z.enum(["prompt", "ocr", "model", "person"]).nullable(),
  status: z.enum(["labelled", "mismatch", "blank", "unsure", "crossed-out", "overwritten"]),
  reviewed: z.boolean(),
  unusable: z.boolean(),
  prediction: z.object({ label: z.string(), probability: z.number() }).nullable(),
  writer: z.string(),
  /** What all that was said of it amounted to when it was last estimated: a character or "unusable"; `doubt`: P(its label is wrong). */
  fused: z.object({ label: z.string(), probability: z.number(), doubt: z.number() }).nullable(),
});
export type GlyphView = z.infer<typeof glyphViewSchema>;

/** What disagrees first; blank glyphs are left out. Images: GET /api/glyphs/images?ids=a,b,c answers n x 784 bytes, 255 = ink; at most 500 at a time. */
export const glyphPageSchema = z.object({
  glyphs: z.array(glyphViewSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});
export type GlyphPage = z.infer<typeof glyphPageSchema>;

/** POST /api/collections/:slug/labels. `clientId` makes a retry harmless: the same one is recorded once. */
export const recordLabelsSchema = z.strictObject({
  reviewer: z.string().trim().min(1).max(40).default("me"),
  labels: z
    .array(
      z.strictObject({
        clientId: z.string().uuid(),
        glyphId: idSchema,
        /** `class`: "it is `value`". `retract`: take back the label whose clientId is `value`. */
        kind: z.enum(["class", "unusable", "retract"]),
        value: z.string().max(64).nullable(),
      }),
    )
    .min(1)
    .max(1000),
});
export type RecordLabels = z.infer<typeof recordLabelsSchema>;

/** Answer: the glyphs as they are now. */
export const recordedLabelsSchema = z.object({ glyphs: z.array(glyphViewSchema) });

/** GET /api/glyphs/:id: a glyph with its provenance. Raw crop: GET /api/glyphs/:id/crop (PNG). */
export const glyphDetailSchema = glyphViewSchema.extend({
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  normalization: z.string(),
  fileName: z.string(),
  pageNumber: z.number().int(),
  card: z.string().nullable(),
  template: z.string().nullable(),
  labels: z.array(
    z.object({
      source: z.enum(["prompt", "ocr", "model", "person"]),
      by: z.string(),
      kind: z.enum(["class", "unusable", "retract"]),
      value: z.string().nullable(),
      probability: z.number().nullable(),
      at: z.string(),
    }),
  ),
});
export type GlyphDetail = z.infer<typeof glyphDetailSchema>;
