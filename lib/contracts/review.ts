import { z } from "zod";
import { idSchema } from "./common.ts";
import { resolutionSchema, sharpnessSchema } from "./page-bands.ts";

/**
 * `open`: not reviewed. `disagree`: open and the sources differ or the cut is unsure. `spoiled`: open and crossed out or overwritten. `conflict`: people differ.
 * `flagged`: somebody wants it looked at. `suspect`: open, and confident learning holds its label for wrong.
 */
export const glyphStateSchema = z.enum(["all", "open", "disagree", "spoiled", "reviewed", "unusable", "conflict", "flagged", "suspect"]);
export type GlyphStateFilter = z.infer<typeof glyphStateSchema>;

/**
 * `queue`: contradictions, doubtful cuts, the rest. `doubt`: what the estimate of labels (quality.ts) holds for likeliest wrong; only glyphs it has seen. `gain`: most
 * errors removed for a second of the reviewer's time first. `odd`: class by class, the likeliest wrong first. `class`, `writer`, `page`: as the names say.
 * `random`: the same for the same seed.
 */
export const glyphOrderSchema = z.enum(["queue", "doubt", "gain", "odd", "class", "writer", "page", "random"]);
export type GlyphOrder = z.infer<typeof glyphOrderSchema>;

export const labelSourceSchema = z.enum(["prompt", "ocr", "model", "person"]);

/** Which glyphs: all that is given must hold. */
export const glyphFilterSchema = z.strictObject({
  state: glyphStateSchema.default("open"),
  label: z.string().length(1).optional(),
  prediction: z.string().length(1).optional(),
  page: idSchema.optional(),
  writer: z.string().optional(),
  /** Where the label that counts comes from. */
  source: labelSourceSchema.optional(),
  /** Of the card: its template, the field's name, the place in the field (0-based), as Quality's rows have them. */
  template: z.string().optional(),
  field: z.string().optional(),
  box: z.coerce.number().int().min(0).max(9999).optional(),
  /** What the page was made with, "unknown" where that is not known; the bands of its sharpness and resolution (page-bands.ts). */
  device: z.string().optional(),
  sharpness: sharpnessSchema.optional(),
  resolution: resolutionSchema.optional(),
  /** Of the order `random`. */
  seed: z.coerce.number().int().min(0).max(0xffff_ffff).default(0),
});
export type GlyphFilter = z.infer<typeof glyphFilterSchema>;

/** GET /api/collections/:slug/glyphs?state=&label=&page=&cursor=&limit= */
export const glyphQuerySchema = glyphFilterSchema.extend({
  order: glyphOrderSchema.default("queue"),
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
  labelSource: labelSourceSchema.nullable(),
  /** `superseded`: cut anew by a person; it counts no longer. */
  status: z.enum(["labelled", "mismatch", "blank", "unsure", "crossed-out", "overwritten", "superseded"]),
  /** A person has decided. Without a class and not unusable: that nothing is written there. */
  reviewed: z.boolean(),
  unusable: z.boolean(),
  /** People have decided differently, and nobody has settled it. */
  conflict: z.boolean(),
  /** The note of a flag that stands, "" for one without a note. */
  flag: z.string().nullable(),
  /** Whose decision counts; null where nobody has decided, and where it is shown blind. */
  decidedBy: z.string().nullable(),
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

export const reviewerSchema = z.string().trim().min(1).max(40).default("me");
/** A tab makes one when it opens the review. */
export const sessionSchema = z.string().uuid();

/** What a person may say. Decisions: `class`: "it is `value`"; `unusable`: no class is right; `blank`: nothing is written. `flag`: `value` is a note. */
export const labelKindSchema = z.enum(["class", "unusable", "blank", "flag", "unflag", "retract"]);

/**
 * POST /api/collections/:slug/labels. `clientId` makes a retry harmless: the same one is recorded once. Answer: the glyphs as they are now for this reviewer (a gold
 * item, and one in a second pass, as their own decision alone makes it).
 */
export const recordLabelsSchema = z.strictObject({
  reviewer: reviewerSchema,
  /** The tab's, where it got its glyphs by `review/next`: what is decided is its no more, what is taken back is its own again, and the rest is its own for longer. */
  session: sessionSchema.optional(),
  labels: z
    .array(
      z.strictObject({
        clientId: z.string().uuid(),
        glyphId: idSchema,
        /** `retract`: take back the label whose clientId is `value`. */
        kind: labelKindSchema,
        value: z.string().max(200).nullable(),
        /** `second`: given blind, after another. `adjudication`: they saw what another had decided, and theirs is to count. Absent: `first`. Gold is the server's to know. */
        pass: z.enum(["first", "second", "adjudication"]).optional(),
      }),
    )
    .min(1)
    .max(1000),
});
export type RecordLabels = z.infer<typeof recordLabelsSchema>;

/** Answer: the glyphs as they are now. */
export const recordedLabelsSchema = z.object({ glyphs: z.array(glyphViewSchema) });

/** GET /api/glyphs/:id?blind=true leaves out what people said: for what `review/next` gives in the passes `first` and `second`. */
export const glyphDetailQuerySchema = z.strictObject({ blind: z.stringbool().default(false) });

/** A class is a character or "unusable". */
export const posteriorSchema = z.object({
  classes: z.array(z.object({ label: z.string(), probability: z.number() })),
  rest: z.number(),
});
export type Posterior = z.infer<typeof posteriorSchema>;

/** GET /api/glyphs/:id: a glyph with its provenance. Raw crop: GET /api/glyphs/:id/crop (PNG). */
export const glyphDetailSchema = glyphViewSchema.extend({
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  normalization: z.string(),
  /**
   * What the last estimate says, class by class, the likeliest first: those of 0.1 % and more, and the rest of them together. Null before an estimate has seen it. Blind: without
   * what people said of it.
   */
  posterior: posteriorSchema.nullable(),
  /** What confident learning would have it instead, where it is flagged. */
  suspectLabel: z.string().nullable(),
  /** Of one that was cut anew: the glyphs that came in its place. */
  replacedBy: z.array(idSchema),
  fileName: z.string(),
  pageNumber: z.number().int(),
  card: z.string().nullable(),
  template: z.string().nullable(),
  /** Each person's decision that stands, in the order given. */
  decisions: z.array(
    z.object({ by: z.string(), kind: z.enum(["class", "unusable", "blank"]), value: z.string().nullable(), at: z.string() }),
  ),
  /** All that was said, in the order it came. */
  labels: z.array(
    z.object({
      source: labelSourceSchema,
      by: z.string(),
      kind: labelKindSchema,
      value: z.string().nullable(),
      /** How a person was asked; `first` for machines. */
      pass: z.enum(["first", "second", "adjudication", "gold"]),
      probability: z.number().nullable(),
      clientId: z.string().nullable(),
      at: z.string(),
    }),
  ),
});
export type GlyphDetail = z.infer<typeof glyphDetailSchema>;
