import { z } from "zod";
import { slugSchema } from "./common.ts";

/** POST /api/collections */
export const createCollectionSchema = z.strictObject({ slug: slugSchema, name: z.string().min(1).max(80) });

/** The loop's stations with their counts (GET /api/collections, GET /api/collections/:slug). */
export const collectionViewSchema = z.object({
  slug: z.string(),
  name: z.string(),
  createdAt: z.string(),
  counts: z.object({
    cards: z.number().int(),
    scans: z.number().int(),
    pagesRead: z.number().int(),
    pagesRejected: z.number().int(),
    pagesWaiting: z.number().int(),
    glyphs: z.number().int(),
    reviewed: z.number().int(),
    /** Unreviewed glyphs whose sources disagree, or whose cut is unsure. */
    disagreeing: z.number().int(),
    unusable: z.number().int(),
    writers: z.number().int(),
    datasets: z.number().int(),
    runs: z.number().int(),
    runsDone: z.number().int(),
  }),
});
export type CollectionView = z.infer<typeof collectionViewSchema>;
