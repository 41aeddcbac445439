import { z } from "zod";
import { ACTIVATIONS, type Network } from "./network.ts";
import { RESHAPES, type Reshape } from "./reshape/reshapes.ts";
import { groupMomentum, trainingOptions } from "./training-settings.ts";
import { VIEWS, type Views } from "./views/views.ts";

/** The header has the activation and how images are looked at, the record the seed. */
const { activation: _activation, reshape: _reshape, views: _views, seed: _seed, ...recordedOptions } = trainingOptions;
const fraction = z.number().min(0).max(1);

/** How a model came to be: enough to make it again from the same data. */
export const trainingRecordSchema = z.object({
  /** SHA-256 over the training images and labels, hex; of the validation split likewise, null where there was none. */
  dataHash: z.string(),
  validationHash: z.string().nullable(),
  examples: z.number().int().min(0),
  seed: z.number().int(),
  settings: z.preprocess(groupMomentum, z.object({ ...recordedOptions, maxSeconds: z.number().nullable() })),
  /** Epochs trained, with the part of the last one where it was stopped. */
  epochs: z.number().min(0),
  /** At which the weights are those of the model: with `stopping.keep` "best" they may be of an earlier epoch. */
  keptEpochs: z.number().min(0).nullable().default(null),
  seconds: z.number().min(0),
  /**
   * How the kernels rounded sums of products (kernels/simd/kernel-module.ts): the same seed gives the same weights bit for bit only where it is the same. "mixed" where a
   * training was taken up with the others; missing where it was not noted.
   */
  rounding: z.enum(["fused", "separate", "mixed"]).optional(),
  /** One entry an epoch. */
  curve: z.array(
    z.object({
      epoch: z.number(),
      seconds: z.number(),
      loss: z.number(),
      trainError: fraction.nullable(),
      validationError: fraction.nullable(),
      samplesPerSecond: z.number(),
    }),
  ),
});
export type TrainingRecord = z.infer<typeof trainingRecordSchema>;
export type CurveEntry = TrainingRecord["curve"][number];

/** At most so many networks form a committee. */
export const MAX_MEMBERS = 25;

const networkSchema = z.object({
  layers: z.array(z.number().int().min(1).max(100_000)).min(2).max(64),
  activation: z.enum(ACTIVATIONS),
  reshape: z.enum(RESHAPES).default("none"),
  views: z.enum(VIEWS).default("one"),
  record: trainingRecordSchema.nullable(),
});

const commonSchema = z.object({
  kind: z.literal("model"),
  classes: z.array(z.string().min(1).max(16)),
  /** Which recipe made the images it was trained on: its inputs must be made by the same one. */
  normalization: z.string(),
  weights: z.enum(["f32", "f16"]),
});

/**
 * Of one network (format version 1), or of a committee (version 2), whose members' weights follow one another in the same order; of any that reshapes its images (version 3) or
 * looks at them several times (version 4), as a program that does not know of it would misread with it.
 */
export const modelHeaderSchema = z.union([
  commonSchema.extend({ members: z.array(networkSchema).min(2).max(MAX_MEMBERS) }),
  commonSchema.extend(networkSchema.shape),
]);

/** A trained network, or a committee of several, with what belongs to it. */
export interface Model<N = Network> {
  /** What output c means, such as "0" to "9". */
  readonly classes: readonly string[];
  /** Inputs, hidden layers, classes of the first network. Members of a committee share inputs and classes; hidden layers may differ. */
  readonly layers: readonly number[];
  /** One or more; the model's probabilities are the mean of theirs (Meier 2011, Cireşan 2012). */
  readonly networks: readonly N[];
  readonly meta: {
    readonly normalization: string;
    readonly weights: "f32" | "f16";
    /** How each of the networks looks at an image: reshape/reshape-images.ts. */
    readonly reshapes: readonly Reshape[];
    /** How often it looks at one: views/views.ts. */
    readonly views: readonly Views[];
    /** How each of the networks came to be. */
    readonly records: readonly (TrainingRecord | null)[];
  };
}
