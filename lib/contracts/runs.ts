import { z } from "zod";
import { RESHAPES } from "../mlp/reshape/reshapes.ts";
import { groupMomentum, trainingOptions } from "../mlp/training-settings.ts";
import { idSchema, jobStateSchema } from "./common.ts";

/**
 * Settings of a training. The defaults are the app's, which are not the engine's plain ones: MNIST below 1 % error in well under a minute on two
 * cores (`npm run bench -- accuracy`). Also what `npm run train` takes.
 */
const plainTrainSettingsSchema = z.strictObject({
  /** Units of the hidden layers; input 784 and output (the classes) come from the data. */
  hidden: z.array(z.number().int().min(1).max(4000)).min(0).max(6).default([800]),
  ...trainingOptions,
  /** "varied": each network of a committee looks at images in its own way. */
  reshape: z.enum([...RESHAPES, "varied"]).default("none"),
  augment: trainingOptions.augment.removeDefault().default("elastic"),
  skipBelow: trainingOptions.skipBelow.removeDefault().default(0.02),
  epochs: atMost(trainingOptions.epochs.removeDefault().default(25), 1000, "number of epochs"),
  batch: atMost(trainingOptions.batch.removeDefault().default(128), 4096, "batch"),
  rate: atMost(trainingOptions.rate, 10, "learning rate"),
  seed: trainingOptions.seed.refine((seed) => seed >= 0 && seed <= 0xffff_ffff, "The seed must be from 0 to 4294967295."),
  threads: z.number().int().min(1).max(64).default(2),
  maxSeconds: z.number().positive().optional(),
  /** Networks of a committee, trained one after another; 1 is a network alone. */
  members: z.number().int().min(1).max(25).default(1),
});
export const trainSettingsSchema = z.preprocess(groupMomentum, plainTrainSettingsSchema);
export type TrainSettings = z.infer<typeof trainSettingsSchema>;

function atMost(schema: typeof trainingOptions.rate, most: number, name: string): typeof trainingOptions.rate {
  return schema.refine((value) => value <= most, { error: ({ input }) => `The ${name} must be at most ${most}, not ${String(input)}.` });
}

/** POST /api/collections/:slug/runs. `dataset` is a dataset's id or "mnist". */
export const createRunSchema = z.strictObject({ dataset: z.string().min(1), settings: trainSettingsSchema.prefault({}) });

/** One point of the curve, several a second within an epoch: `epoch` is fractional. */
export const curvePointSchema = z.object({
  /** Of a committee: of all networks so far, each with as many as the settings say; likewise the seconds. */
  epoch: z.number(),
  seconds: z.number(),
  loss: z.number(),
  /** Fractions of 1; null between epochs and where there is no validation split. */
  trainError: z.number().nullable(),
  validationError: z.number().nullable(),
  samplesPerSecond: z.number(),
  /** Training time to the end, as far as it can be told; null in points of old. */
  secondsLeft: z.number().nullable().default(null),
  /** Which network of the committee, from 1. */
  member: z.number().int().min(1).default(1),
});
export type CurvePoint = z.infer<typeof curvePointSchema>;

export const errorRateSchema = z.object({
  errorRate: z.number(),
  /** Wilson's 95 % interval. */
  interval: z.tuple([z.number(), z.number()]),
  errors: z.number().int(),
  count: z.number().int(),
});
export type ErrorRate = z.infer<typeof errorRateSchema>;

/** GET /api/collections/:slug/runs -> { runs }, GET /api/runs/:id?after=N (curve points from index N on). */
export const runViewSchema = z.object({
  id: idSchema,
  number: z.number().int(),
  createdAt: z.string(),
  dataset: z.object({ id: z.string(), name: z.string() }),
  classes: z.array(z.string()),
  settings: trainSettingsSchema,
  state: jobStateSchema,
  failure: z.string().nullable(),
  fraction: z.number(),
  secondsLeft: z.number().nullable(),
  curve: z.array(curvePointSchema),
  curveLength: z.number().int(),
  modelReady: z.boolean(),
  evaluations: z.array(z.object({ id: idSchema, set: z.string(), result: errorRateSchema })),
});
export type RunView = z.infer<typeof runViewSchema>;
/* POST /api/runs/:id/stop, POST /api/runs/:id/resume */

/** GET /api/runs/:id/model?format=onnx and GET /api/models/:id/file?format=onnx: the model as a file, the .ink file without a format. */
export const modelFileQuerySchema = z.strictObject({ format: z.enum(["ink", "onnx", "safetensors"]).default("ink") });
export type ModelFormat = z.infer<typeof modelFileQuerySchema>["format"];

/**
 * POST /api/models/:id/evaluations; :id is a run's id or "starter". Answers EvaluationView (it takes about a second; the same again answers the same
 * evaluation). GET /api/evaluations/:id answers it, too.
 */
export const createEvaluationSchema = z.strictObject({
  /** A dataset's test split, or MNIST's test set. */
  set: z.union([z.literal("mnist"), idSchema]),
});

export const evaluationViewSchema = z.object({
  id: idSchema,
  model: z.string(),
  modelName: z.string(),
  set: z.string(),
  setName: z.string(),
  createdAt: z.string(),
  result: errorRateSchema,
  classes: z.array(z.string()),
  /** confusion[truth][prediction], counts. */
  confusion: z.array(z.array(z.number().int())),
  byWriter: z.array(z.object({ writer: z.string(), errors: z.number().int(), count: z.number().int() })),
  /** The most confident mistakes first; `image` is base64 of 784 bytes; `glyphId` where it is one of the collection's own. */
  mistakes: z.array(
    z.object({
      image: z.string(),
      truth: z.string(),
      prediction: z.string(),
      probability: z.number(),
      glyphId: z.string().nullable(),
      index: z.number().int(),
    }),
  ),
});
export type EvaluationView = z.infer<typeof evaluationViewSchema>;

/* POST /api/collections/:slug/models?dataset=ID: the bytes of an .ink file that was trained elsewhere -> RunView, a run with that model. */

/** GET /api/models -> { models }; the file: GET /api/models/:id/file. */
export const modelViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  classes: z.array(z.string()),
  layers: z.array(z.number().int()),
  /** How many vote; 1 is a network alone. */
  networks: z.number().int().min(1),
  bytes: z.number().int(),
  /** On MNIST's test set where it was measured. */
  mnist: errorRateSchema.nullable(),
});
export type ModelView = z.infer<typeof modelViewSchema>;

/** POST /api/demo -> { collection, jobId }; GET /api/jobs/:id -> JobView. */
export const demoStartedSchema = z.object({ collection: z.string(), jobId: idSchema });
