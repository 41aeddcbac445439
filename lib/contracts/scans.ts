import { z } from "zod";
import { idSchema, jobStateSchema } from "./common.ts";

/** POST /api/collections/:slug/scans?name=FILE with the file's bytes as the body. */
export const uploadResultSchema = z.object({
  scanId: idSchema,
  fileName: z.string(),
  sha256: z.string(),
  /** True where these bytes were uploaded before: then `scanId` is the earlier scan. */
  duplicate: z.boolean(),
});
export type UploadResult = z.infer<typeof uploadResultSchema>;

export const pageStateSchema = z.enum(["waiting", "read", "rejected"]);

export const pageSummarySchema = z.object({
  id: idSchema,
  /** 1-based within its file. */
  number: z.number().int(),
  /** Which of the `parts` cards in its picture, 1-based. */
  part: z.number().int(),
  parts: z.number().int(),
  state: pageStateSchema,
  reason: z.object({ code: z.string(), message: z.string() }).nullable(),
  template: z.string().nullable(),
  card: z.string().nullable(),
  writer: z.string().nullable(),
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  glyphs: z.number().int(),
  disagreeing: z.number().int(),
});
export type PageSummary = z.infer<typeof pageSummarySchema>;

/** GET /api/collections/:slug/scans answers `{ scans: ScanView[] }`, newest first. */
export const scanViewSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  bytes: z.number().int(),
  createdAt: z.string(),
  state: jobStateSchema,
  /** Why the whole file could not be read, for the user. */
  failure: z.string().nullable(),
  fraction: z.number(),
  message: z.string(),
  pages: z.array(pageSummarySchema),
});
export type ScanView = z.infer<typeof scanViewSchema>;

const pointSchema = z.tuple([z.number(), z.number()]);

export const pageGlyphSchema = z.object({
  id: idSchema,
  index: z.number().int(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  label: z.string().nullable(),
  status: z.enum(["labelled", "mismatch", "blank", "unsure"]),
  reviewed: z.boolean(),
  unusable: z.boolean(),
  prediction: z.object({ label: z.string(), probability: z.number() }).nullable(),
});

/** GET /api/pages/:id: a page with its fields, outlines in scan px. Picture: GET /api/pages/:id/image (JPEG, `?width=`). */
export const pageViewSchema = pageSummarySchema.extend({
  scanId: idSchema,
  fileName: z.string(),
  registration: z.object({ rotationDeg: z.number(), scale: z.number(), residualPx: z.number() }).nullable(),
  fields: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      prompt: z.string(),
      promptSource: z.string(),
      outline: z.array(pointSchema),
      boxOutlines: z.array(z.array(pointSchema)),
      glyphs: z.array(pageGlyphSchema),
    }),
  ),
});
export type PageView = z.infer<typeof pageViewSchema>;

/** PATCH /api/pages/:id: sets the writer code of a page. */
export const updatePageSchema = z.strictObject({ writer: z.string().trim().max(32).nullable() });
