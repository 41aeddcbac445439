import { z } from "zod";
import { idSchema, jobViewSchema } from "./common.ts";

/** Glyphs of one kind, those with a label that counts: how many labels are expected to be wrong, and how many people have corrected against the prompt. */
const tallyShape = { glyphs: z.number().int(), expectedErrors: z.number(), corrected: z.number().int() };

const agreementShape = { glyphs: z.number().int(), agreed: z.number().int(), kappa: z.number().nullable() };

/** Pages with something in common; `worstPage` has the likeliest wrong label. */
const pageGroupSchema = z.object({ name: z.string(), pages: z.number().int(), worstPage: idSchema, ...tallyShape });

/** What the last estimate of a collection's labels found. Probabilities are fractions of 1. */
export const fusionSummarySchema = z.object({
  /** Glyphs with ink. */
  glyphs: z.number().int(),
  /** Of them, those with a label that counts. */
  labelled: z.number().int(),
  /** Expected number of wrong ones among these. */
  expectedErrors: z.number(),
  /** Labels that the estimate would rather have otherwise. */
  contradicted: z.number().int(),
  rounds: z.number().int(),
  converged: z.boolean(),
  sources: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(["prompt", "model", "person"]),
      votes: z.number().int(),
      /** Expected share of its votes that are right. */
      accuracy: z.number(),
      /** Its likeliest confusions: of glyphs that are `truth` it calls `share` `said`. */
      confusions: z.array(z.object({ truth: z.string(), said: z.string(), share: z.number(), count: z.number() })),
    }),
  ),
  /** Pairs of reviewers who judged the same glyphs. */
  pairs: z.array(
    z.object({ first: z.string(), second: z.string(), glyphs: z.number().int(), agreed: z.number().int(), kappa: z.number().nullable() }),
  ),
  /** Fleiss' kappa of all reviewers; null with fewer than two on any glyph. */
  kappa: z.number().nullable(),
  /** On each character and on each writer's glyphs: how many two or more people judged (so, one of them at least), on how many all agreed, and Fleiss' kappa; most differences first. Estimates of older programs have none. */
  agreementByClass: z.array(z.object({ label: z.string(), ...agreementShape })).default([]),
  agreementByWriter: z.array(z.object({ writer: z.string(), ...agreementShape })).default([]),
  /** Fields in which the writer seems to have lost the place in the prompt. */
  slips: z.array(z.object({ pageId: idSchema, field: z.string(), probability: z.number() })),
  slipRate: z.number(),
  /** Most expected errors first. */
  writers: z.array(
    z.object({ writer: z.string(), glyphs: z.number().int(), expectedErrors: z.number(), corrected: z.number().int().default(0) }),
  ),
  /** By box on the card, by device, by sharpness and resolution of the page; most errors first. Estimates of older programs have none. */
  places: z
    .array(
      z.object({
        template: z.string(),
        field: z.string(),
        /** Place in its field, 0-based. */
        box: z.number().int(),
        worstPage: idSchema,
        worstGlyph: idSchema,
        ...tallyShape,
      }),
    )
    .default([]),
  /** One glyph's estimate step by step (lib/label/fusion/explain-posterior.ts); null where the sources differ on none. */
  example: z
    .object({
      glyphId: idSchema,
      pageId: idSchema,
      classes: z.array(z.string()),
      frequency: z.array(z.number()),
      votes: z.array(z.object({ source: z.string(), said: z.string(), factors: z.array(z.number()) })),
      product: z.array(z.number()),
      sum: z.number(),
      alone: z.array(z.number()),
      posterior: z.array(z.number()),
    })
    .nullable()
    .default(null),
  devices: z.array(pageGroupSchema).default([]),
  sharpness: z.array(pageGroupSchema).default([]),
  resolutions: z.array(pageGroupSchema).default([]),
});
export type FusionSummary = z.infer<typeof fusionSummarySchema>;

/** What a look for label errors found. */
export const labelErrorsSummarySchema = z.object({
  /** Labels looked at, and their writers. */
  examples: z.number().int(),
  writers: z.number().int(),
  flagged: z.number().int(),
  /** Estimated share of wrong labels, a fraction of 1. */
  noise: z.number(),
  /** The commonest kinds: labelled so, but seems to be that. */
  pairs: z.array(z.object({ label: z.string(), suggestion: z.string(), count: z.number().int() })),
  /** t_j: the mean probability of each class among the glyphs labelled so. */
  thresholds: z.array(z.object({ label: z.string(), threshold: z.number() })),
  /** The surest flag, as it was found; null where there is none. */
  example: z.object({ glyphId: idSchema, label: z.string(), suggestion: z.string(), margin: z.number() }).nullable(),
});
export type LabelErrorsSummary = z.infer<typeof labelErrorsSummarySchema>;

export const auditViewSchema = z.object({
  id: idSchema,
  createdAt: z.string(),
  /** Labels it was drawn from, and how many were drawn. */
  population: z.number().int(),
  size: z.number().int(),
  /** Looked at by a person since it was drawn. */
  checked: z.number().int(),
  /** Of these, found to be otherwise. */
  wrong: z.number().int(),
  /** Exact upper bound of the share of wrong labels, at 95 %. */
  bound: z.number(),
  /** Checks that find nothing wrong until the bound is 0.1 %; of all labels there are, where there are fewer. */
  checksToTarget: z.number().int(),
});
export type AuditView = z.infer<typeof auditViewSchema>;

/** What one person has done, measured. */
export const reviewerViewSchema = z.object({
  name: z.string(),
  /** Given, those taken back or changed later among them. */
  decisions: z.number().int(),
  /** Gold items answered, and those answered as they are. */
  goldAnswered: z.number().int(),
  goldRight: z.number().int(),
  /** Mean time from one decision to the next, pauses left out; null before two decisions. */
  secondsPerDecision: z.number().nullable(),
});
export type ReviewerView = z.infer<typeof reviewerViewSchema>;

/** GET /api/collections/:slug/quality; POST starts an estimate and answers the same. */
export const qualityViewSchema = z.object({
  fusion: z.object({ at: z.string(), summary: fusionSummarySchema }).nullable(),
  /** Labels that came after the estimate, counted up to 10,000; 0 before the first estimate. */
  newLabels: z.number().int(),
  /** Most decisions first. */
  reviewers: z.array(reviewerViewSchema),
  /** Glyphs on which people differ. */
  conflicts: z.number().int(),
  /** The estimate that waits or runs. */
  job: jobViewSchema.nullable(),
  /** The last look for label errors; `open`: flagged and not looked at by a person yet. POST /api/collections/:slug/label-errors starts one. */
  labelErrors: z.object({ at: z.string(), summary: labelErrorsSummarySchema, open: z.number().int() }).nullable(),
  /** The look that waits or runs, or why the last one failed. */
  labelErrorsJob: jobViewSchema.nullable(),
  audits: z.array(auditViewSchema),
});
export type QualityView = z.infer<typeof qualityViewSchema>;

/** POST /api/collections/:slug/audits */
export const createAuditSchema = z.strictObject({ size: z.number().int().min(10).max(20_000) });
