import { z } from "zod";
import { idSchema } from "./common.ts";
import { glyphFilterSchema, glyphOrderSchema, glyphViewSchema, reviewerSchema, sessionSchema } from "./review.ts";

/**
 * POST /api/collections/:slug/review/next hands out glyphs. None is with two people at a time: what a session holds is its own for ten minutes after its
 * last call, then anybody's. A session that asks again gets what it holds and has not decided first (so a reload loses nothing), then more, until it holds
 * `count`; with another pass or filter it gives back what does not fit that.
 *
 * `first`: nobody has decided (whatever `filter.state` says beyond that). `second`: exactly one other person has; shown blind, as if nobody had. `adjudication`: people
 * differ. About one in twenty of the first two passes is a gold item, which nothing in the answer tells apart.
 */
export const nextSchema = z.strictObject({
  reviewer: reviewerSchema,
  session: sessionSchema,
  pass: z.enum(["first", "second", "adjudication"]).default("first"),
  order: glyphOrderSchema.default("queue"),
  filter: glyphFilterSchema.default(() => glyphFilterSchema.parse({})),
  count: z.number().int().min(1).max(200).default(40),
});
export type Next = z.infer<typeof nextSchema>;

export const nextItemsSchema = z.object({
  items: z.array(glyphViewSchema),
  /** Glyphs that wait in this pass and filter, those handed out to anybody among them. */
  left: z.number().int(),
  /** Until when this session's items are its own, unless it calls again. */
  until: z.string(),
});
export type NextItems = z.infer<typeof nextItemsSchema>;

/** POST /api/collections/:slug/review/release: a tab that closes gives back what it holds (204). */
export const releaseSchema = z.strictObject({ session: sessionSchema });

/** A character, or that no class is right. */
const truthSchema = z.union([z.string().length(1), z.literal("unusable")]);

/** PUT /api/collections/:slug/gold: this glyph's truth is known (204). It is the label of whoever says so, and the glyph measures reviewers from now on. */
export const putGoldSchema = z.strictObject({ glyphId: idSchema, truth: truthSchema, reviewer: reviewerSchema });

/** DELETE /api/collections/:slug/gold: it measures nobody any more (204). Its label stays. */
export const deleteGoldSchema = z.strictObject({ glyphId: idSchema });

/** GET /api/collections/:slug/gold: newest first. */
export const goldListSchema = z.object({
  gold: z.array(
    z.object({
      glyphId: idSchema,
      truth: z.string(),
      by: z.string(),
      createdAt: z.string(),
      /** Reviewers who have answered, and those of them who were right. */
      answered: z.number().int(),
      right: z.number().int(),
    }),
  ),
});
export type GoldList = z.infer<typeof goldListSchema>;
