import { z } from "zod";
import { idSchema, jobStateSchema } from "./common.ts";
import { cutViewSchema } from "./cuts.ts";

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
  /** Which page of its card it is, 1-based; null where unknown. */
  cardPage: z.number().int().nullable(),
  /** The page that has been read in this one's place: it is a duplicate of it, or was replaced by it. Null too where that one was deleted. */
  duplicateOf: idSchema.nullable(),
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
  /** It failed or was stopped, and for a cause that another try may find gone. */
  canRetry: z.boolean(),
  /** Files that were added at once share it. */
  batch: z.string().nullable(),
  pages: z.array(pageSummarySchema),
});
export type ScanView = z.infer<typeof scanViewSchema>;

const pointSchema = z.tuple([z.number(), z.number()]);

/** What a person says about a page: see lib/pipeline/locate-by-hand.ts. */
export const byHandSchema = z.strictObject({
  /** Scan px of the centres of the corner marks: top left, top right, bottom right, bottom left of the card as printed. */
  corners: z.tuple([pointSchema, pointSchema, pointSchema, pointSchema]).optional(),
  /** The card's text code, with `/2` behind it for a second page. */
  code: z.string().trim().min(1).max(800).optional(),
});

/**
 * POST /api/pages/:id/read reads one page again; answers the page's view, whose `reading` says how far it is. The same request while it is under way
 * changes nothing.
 */
export const readAgainSchema = byHandSchema.extend({
  /** For a duplicate. `instead`: it takes the place of the page read before; `both`: it is another sheet that was printed with the same code. */
  duplicate: z.enum(["instead", "both"]).optional(),
  /** For a card that was printed for another collection: read it here. */
  readHere: z.literal(true).optional(),
  /** People have labelled glyphs that will be cut anew: those labels go with their ink, the others are set aside and shown. */
  carryLabels: z.literal(true).optional(),
});
export type ReadAgain = z.infer<typeof readAgainSchema>;

export const setAsideLabelSchema = z.object({
  field: z.string(),
  /** Place in its field, 0-based. */
  index: z.number().int(),
  prompt: z.string().nullable(),
  kind: z.enum(["class", "unusable", "blank"]),
  value: z.string().nullable(),
  by: z.string(),
  at: z.string(),
});
export type SetAsideLabel = z.infer<typeof setAsideLabelSchema>;

export const pageGlyphSchema = z.object({
  id: idSchema,
  index: z.number().int(),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  label: z.string().nullable(),
  status: z.enum(["labelled", "mismatch", "blank", "unsure", "crossed-out", "overwritten"]),
  reviewed: z.boolean(),
  unusable: z.boolean(),
  prediction: z.object({ label: z.string(), probability: z.number() }).nullable(),
  /** Whose decision counts; null where nobody has decided. */
  decidedBy: z.string().nullable(),
  /** Cut by a person: its own bounds are its place, not its printed box. */
  cut: z.boolean(),
});

/** GET /api/pages/:id: a page with its fields, outlines in scan px. Picture: GET /api/pages/:id/image (JPEG, `?width=`). */
export const pageViewSchema = pageSummarySchema.extend({
  scanId: idSchema,
  fileName: z.string(),
  /** The last time a person had this page read again: how far it is, or why that reading failed (the page then is as it was). */
  reading: z.object({ state: jobStateSchema, fraction: z.number(), message: z.string(), failure: z.string().nullable() }).nullable(),
  byHand: byHandSchema.nullable(),
  /** Labels given by people: on this page, and on the page that this one repeats. */
  peoplesLabels: z.object({ here: z.number().int(), first: z.number().int() }),
  /** Labels given by people whose ink was not found again when the page was read anew. */
  setAside: z.array(setAsideLabelSchema),
  /** Glyphs that people have cut anew, in the order done. */
  cuts: z.array(cutViewSchema),
  /** The page that was read in this one's place. */
  first: z.object({ id: idSchema, fileName: z.string(), number: z.number().int() }).nullable(),
  /** The collection that this card was printed for, where it is another one. */
  otherCollection: z.object({ slug: z.string(), name: z.string() }).nullable(),
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
