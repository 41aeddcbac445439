import { z } from "zod";
import { idSchema } from "./common.ts";
import { glyphQuerySchema, glyphViewSchema, reviewerSchema, sessionSchema } from "./review.ts";

/** GET /api/collections/:slug/review/grid: the glyphs of a filter for a grid of thousands; the query of /glyphs with longer pieces. */
export const gridQuerySchema = glyphQuerySchema.extend({ limit: z.coerce.number().int().min(1).max(2000).default(2000) });

/** As columns: a few bytes a glyph. All but `flags` have one entry a glyph, in the filter's order. */
export const gridPageSchema = z.object({
  ids: z.array(idSchema),
  labels: z.array(z.string().nullable()),
  /** The class that the model reads. */
  predictions: z.array(z.string().nullable()),
  statuses: z.array(glyphViewSchema.shape.status),
  states: z.array(z.enum(["open", "class", "unusable", "blank"])),
  /** Whose decision counts. */
  deciders: z.array(z.string().nullable()),
  /** Notes of the flagged ones by id. */
  flags: z.record(z.string(), z.string()),
  nextCursor: z.string().nullable(),
  /** All that the filter matches. */
  total: z.number().int(),
});
export type GridPage = z.infer<typeof gridPageSchema>;

/**
 * POST /api/collections/:slug/review/claim: a grid says what it shows. What nobody else has been handed is the session's own from now on, as if it had asked `review/next`
 * for it.
 */
export const claimShownSchema = z.strictObject({
  reviewer: reviewerSchema,
  session: sessionSchema,
  glyphIds: z.array(idSchema).min(1).max(1000),
});
export type ClaimShown = z.infer<typeof claimShownSchema>;

/** `taken`: those that are with another reviewer. */
export const claimedShownSchema = z.object({ taken: z.array(idSchema) });
