import { z } from "zod";

/** RFC 9457 problem details, the body of every error response (`application/problem+json`). */
export const problemSchema = z.object({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.number().int(),
  /** What happened, to which file or page, what is safe, what to do. */
  detail: z.string(),
  code: z.string(),
  /** Which parts of the request were refused: paths in the body such as "settings.rate", each with the reason. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const idSchema = z.string().min(1).max(64);
export const slugSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "a slug has 1 to 40 of a-z, 0-9 and -");

export const jobStateSchema = z.enum(["queued", "running", "done", "failed", "stopped"]);

/** A job as the site shows it. `fraction` in [0, 1]; `failure` is safe to show. */
export const jobViewSchema = z.object({
  id: idSchema,
  kind: z.string(),
  state: jobStateSchema,
  fraction: z.number(),
  message: z.string(),
  failure: z.string().nullable(),
});
export type JobView = z.infer<typeof jobViewSchema>;
