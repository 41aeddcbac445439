import { z } from "zod";
import { paperSchema, templateIdSchema } from "../card/card-manifest.ts";
import { customSpecSchema, DROP_OUTS } from "../card/card-spec.ts";

/** POST /api/collections/:slug/cards: answers the PDF and records the batch. Also what `npm run cards` takes. */
export const printCardsSchema = z.strictObject({
  template: templateIdSchema,
  paper: paperSchema.default("a4"),
  copies: z.number().int().min(1).max(500).default(1),
  /** Card i of the batch has seed `seed + i`, counted modulo 2^32. */
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
  dropOut: z.enum(DROP_OUTS).default("none"),
  consent: z.string().max(300).optional(),
  custom: customSpecSchema.optional(),
});
export type PrintCards = z.infer<typeof printCardsSchema>;
