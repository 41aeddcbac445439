import { z } from "zod";
import { paperSchema, templateIdSchema } from "../card/card-manifest.ts";

/** A custom template: any set of characters, each `repeats` times, in square boxes of `boxMm`. */
export const customSpecSchema = z.strictObject({
  characters: z.string().min(1).max(64),
  repeats: z.number().int().min(1).max(50),
  boxMm: z.number().min(6).max(30),
});
export type CustomSpec = z.infer<typeof customSpecSchema>;

/** POST /api/collections/:slug/cards: answers the PDF and records the batch. Also what `npm run cards` takes. */
export const printCardsSchema = z.strictObject({
  template: templateIdSchema,
  paper: paperSchema.default("a4"),
  copies: z.number().int().min(1).max(500).default(1),
  /** Card i of the batch has seed `seed + i`. */
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
  dropOut: z.enum(["none", "red", "green", "blue"]).default("none"),
  consent: z.string().max(300).optional(),
  custom: customSpecSchema.optional(),
});
export type PrintCards = z.infer<typeof printCardsSchema>;
