import type { z } from "zod";
import type { GlyphView } from "../../../contracts/review.ts";
import type { GridPage, gridQuerySchema } from "../../../contracts/review-grid.ts";
import type { Runtime } from "../../runtime.ts";
import { listGlyphs } from "../glyphs/list-glyphs.ts";

/**
 * A part of the review queue as columns, in the order and with the cursor of `listGlyphs`: what a grid of thousands shows of each glyph.
 * @throws InkformError as `listGlyphs`
 */
export async function listGrid(runtime: Runtime, slug: string, query: z.infer<typeof gridQuerySchema>): Promise<GridPage> {
  const { glyphs, nextCursor, total } = await listGlyphs(runtime, slug, query);
  return {
    ids: glyphs.map(({ id }) => id),
    labels: glyphs.map(({ label }) => label),
    predictions: glyphs.map(({ prediction }) => prediction?.label ?? null),
    statuses: glyphs.map(({ status }) => status),
    states: glyphs.map(findState),
    deciders: glyphs.map(({ decidedBy }) => decidedBy),
    flags: Object.fromEntries(glyphs.flatMap(({ id, flag }) => (flag === null ? [] : [[id, flag]]))),
    nextCursor,
    total,
  };
}

function findState({ reviewed, unusable, label }: GlyphView): GridPage["states"][number] {
  if (!reviewed) return "open";
  return unusable ? "unusable" : label === null ? "blank" : "class";
}
