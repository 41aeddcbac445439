import { z } from "zod";

/** `[x, y, width, height]` in mm from the page's top left corner. */
const boxMm = z.tuple([z.number(), z.number(), z.number(), z.number()]);

export const PAPERS = ["a4", "letter"] as const;
export const paperSchema = z.enum(PAPERS);
export type Paper = z.infer<typeof paperSchema>;

export const TEMPLATE_IDS = ["nist-hsf", "digits", "letters", "custom"] as const;
export const templateIdSchema = z.enum(TEMPLATE_IDS);
export type TemplateId = z.infer<typeof templateIdSchema>;

/**
 * What stands in a field. `digits`, `lowercase`, `uppercase`, `characters`: prompts to copy, segmented into glyphs.
 * `writer`: the writer code, one digit a box. `text`, `line`: kept as an image only (the paragraph; date, city, state, zip).
 */
export const FIELD_KINDS = ["digits", "lowercase", "uppercase", "characters", "writer", "text", "line"] as const;
export const fieldKindSchema = z.enum(FIELD_KINDS);
export type FieldKind = z.infer<typeof fieldKindSchema>;

export const fieldSchema = z.object({
  name: z.string(),
  kind: fieldKindSchema,
  /** The characters to write, in order; empty for `writer`, `line`. */
  prompt: z.string(),
  /** The whole printed field. */
  box: boxMm,
  /** One box a character, the area to write in (without the head that holds the printed prompt); empty for an undivided field. */
  boxes: z.array(boxMm),
});
export type Field = z.infer<typeof fieldSchema>;

/** A printed registration mark: a square of `sizeMm` with its centre at (`xMm`, `yMm`); `id` tells which corner. */
export const fiducialSchema = z.object({ id: z.number().int(), xMm: z.number(), yMm: z.number(), sizeMm: z.number() });
export type Fiducial = z.infer<typeof fiducialSchema>;

export const cardPageSchema = z.object({
  widthMm: z.number(),
  heightMm: z.number(),
  fiducials: z.array(fiducialSchema),
  /** Where the machine-readable code stands. */
  codeBox: boxMm,
  fields: z.array(fieldSchema),
});
export type CardPage = z.infer<typeof cardPageSchema>;

/** One printed card: the only geometry that both the PDF and the reader use. */
export const cardSchema = z.object({
  code: z.string(),
  template: templateIdSchema,
  templateVersion: z.number().int(),
  paper: paperSchema,
  seed: z.number().int(),
  pages: z.array(cardPageSchema),
});
export type Card = z.infer<typeof cardSchema>;

export const cardManifestSchema = z.object({ cards: z.array(cardSchema) });
export type CardManifest = z.infer<typeof cardManifestSchema>;
