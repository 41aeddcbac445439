import { z } from "zod";
import { idSchema } from "./common.ts";

const numberSchema = z.number().finite();
const pointSchema = z.tuple([numberSchema, numberSchema]);

/** How a person wants glyphs of a page cut. Boxes ([x, y, width, height]) and points in px of the scan. */
export const cutSchema = z.discriminatedUnion("kind", [
  /** The glyph is the ink in this box. */
  z.strictObject({ kind: z.literal("recut"), glyphId: idSchema, box: z.tuple([numberSchema, numberSchema, numberSchema, numberSchema]) }),
  /** It holds two characters, on the two sides of a line; without one: where the search for cuts finds best. */
  z.strictObject({ kind: z.literal("split"), glyphId: idSchema, line: z.tuple([pointSchema, pointSchema]).optional() }),
  /** Both are one character. */
  z.strictObject({ kind: z.literal("join"), glyphIds: z.tuple([idSchema, idSchema]) }),
  /** Takes a cut back; of an undo: does it again. */
  z.strictObject({ kind: z.literal("undo"), cutId: idSchema }),
]);
export type CutRequest = z.infer<typeof cutSchema>;

/** POST /api/pages/:id/cuts; answers the page's view. The same clientId is done once. */
export const recordCutSchema = z.strictObject({
  clientId: z.string().uuid(),
  reviewer: z.string().trim().min(1).max(40).default("me"),
  cut: cutSchema,
});
export type RecordCut = z.infer<typeof recordCutSchema>;

/** A cut as it stands in a page's view. */
export const cutViewSchema = z.object({
  id: idSchema,
  kind: z.enum(["recut", "split", "join", "undo"]),
  by: z.string(),
  at: z.string(),
  /** Ids of the glyphs that count no longer, and of those that count instead. */
  before: z.array(idSchema),
  after: z.array(idSchema),
  /** It was taken back. */
  undone: z.boolean(),
  /** The cut that it takes back. */
  undoes: idSchema.nullable(),
});
export type CutView = z.infer<typeof cutViewSchema>;
