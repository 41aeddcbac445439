import { z } from "zod";
import { idSchema, jobViewSchema } from "./common.ts";

/**
 * GET /api/mnist; POST /api/mnist/download starts the job; PUT /api/mnist/files?name=FILE uploads one of the four (raw or .gz), GET there
 * answers it as it is kept.
 */
export const mnistViewSchema = z.object({
  ready: z.boolean(),
  /** Where the files come from, for the user: "MNIST_DIR", "downloaded", "uploaded". */
  source: z.string().nullable(),
  files: z.array(z.object({ name: z.string(), present: z.boolean() })),
  job: jobViewSchema.nullable(),
});
export type MnistView = z.infer<typeof mnistViewSchema>;

/** POST /api/collections/:slug/datasets; GET there -> { datasets }, newest first; GET /api/datasets/:id. The same content again answers the same version. */
export const createDatasetSchema = z.strictObject({
  /** Which characters; `digits` is 0-9, `letters` A-Z and a-z, `all` both. Only classes that occur are kept. */
  classes: z.enum(["digits", "letters", "all"]).default("digits"),
  includeMnist: z.boolean().default(false),
  /** Also glyphs nobody reviewed yet whose prompt and model agree. */
  includeAgreeing: z.boolean().default(false),
  /** Parts of the writers, not of the glyphs: no writer is in two splits. */
  testFraction: z.number().min(0).max(0.9).default(0.2),
  validationFraction: z.number().min(0).max(0.9).default(0),
  seed: z.number().int().min(0).default(1),
});
export type CreateDataset = z.infer<typeof createDatasetSchema>;

const splitCountSchema = z.object({
  examples: z.number().int(),
  /** Own glyphs among them; the rest is MNIST. */
  own: z.number().int(),
  writers: z.array(z.string()),
  /** By class, in the order of `classes`. */
  byClass: z.array(z.number().int()),
});

export const datasetViewSchema = z.object({
  id: idSchema,
  version: z.number().int(),
  createdAt: z.string(),
  hash: z.string(),
  classes: z.array(z.string()),
  spec: createDatasetSchema,
  splits: z.object({ train: splitCountSchema, validation: splitCountSchema, test: splitCountSchema }),
});
export type DatasetView = z.infer<typeof datasetViewSchema>;

/**
 * GET /api/datasets/:id/files/NAME with NAME one of {train,validation,t10k}-{images-idx3,labels-idx1}-ubyte.gz (t10k = test, as
 * MNIST names it) or manifest.json; GET /api/datasets/:id/export answers a zip of all; GET /api/datasets/:id/means answers
 * classes x 784 bytes, the mean image of each class of the training split.
 */
export const DATASET_FILE_SPLITS = { train: "train", validation: "validation", test: "t10k" } as const;
