import { z } from "zod";
import { InkformError } from "../core/inkform-error.ts";
import { AUGMENTATION_KINDS } from "./augment/limits.ts";
import { ACTIVATIONS } from "./network.ts";
import { RESHAPES } from "./reshape/reshapes.ts";
import { VIEWS } from "./views/views.ts";

export const LOSSES = ["cross-entropy", "squared-error"] as const;
export type Loss = (typeof LOSSES)[number];

interface Range {
  readonly low: number;
  readonly high?: number;
  /** `low` itself is too low; `high` too high. */
  readonly above?: boolean;
  readonly below?: boolean;
}

/** A number whose refusal says what it is, what it must be and what came. */
function number(name: string, { low, high = Number.POSITIVE_INFINITY, above = false, below = false }: Range, whole = false) {
  const upper = Number.isFinite(high) ? ` and ${below ? "below" : "at most"} ${high}` : "";
  const must = `${name} must be a ${whole ? "whole " : ""}number ${above ? "above" : "of at least"} ${low}${upper}`;
  const error = ({ input }: { input?: unknown }): string => `${must}, not ${String(input)}.`;
  const base = whole ? z.number({ error }).int({ error }) : z.number({ error });
  const bounded = above ? base.gt(low, { error }) : base.min(low, { error });
  if (!Number.isFinite(high)) return bounded;
  return below ? bounded.lt(high, { error }) : bounded.max(high, { error });
}
const count = (name: string): z.ZodNumber => number(name, { low: 1 }, true);
const part = (name: string): z.ZodNumber => number(name, { low: 0, high: 1, below: true });

const warmUp = number("The warm-up", { low: 0, high: 0.5 }).default(0.02);

/** How gradients move weights: kernels/move-weights.reference.ts. */
const optimizerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("sgd"), momentum: part("The momentum").default(0.9), nesterov: z.boolean().default(false) }),
  z.strictObject({
    kind: z.literal("adam"),
    beta1: part("Adam's beta1").default(0.9),
    beta2: part("Adam's beta2").default(0.999),
    epsilon: number("Adam's epsilon", { low: 1e-12, high: 1 }).default(1e-8),
  }),
]);

/** How the learning rate goes over the training: learning-rate.ts. `warmUp` is the part of the training over which it rises from 0. */
const scheduleSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cosine"), warmUp, final: number("The final learning rate", { low: 0 }).default(1e-5) }),
  z.strictObject({ kind: z.literal("constant"), warmUp }),
  z.strictObject({
    kind: z.literal("step"),
    warmUp,
    factor: number("The factor of the learning rate's steps", { low: 0, high: 1, above: true }).default(0.1),
    /** Epochs. */
    every: count("The number of epochs between the learning rate's steps").default(10),
  }),
]);
export type Schedule = z.infer<typeof scheduleSchema>;

const regularizationSchema = z.strictObject({
  /** A step takes rate x decay of every weight, biases excepted. */
  weightDecay: number("The weight decay", { low: 0, high: 1 }).default(0),
  /** Part of the target that is spread over all classes. */
  labelSmoothing: part("The label smoothing").default(0),
  /** Parts of the inputs, and of each hidden layer's outputs, that are zero in a step. */
  dropout: z
    .strictObject({ input: part("The dropout of inputs").default(0), hidden: part("The dropout of hidden units").default(0) })
    .prefault({}),
  /** The largest length of the weights that enter a unit; null for any. */
  maxNorm: number("The largest norm", { low: 0, above: true }).nullable().default(null),
});

/**
 * An exponential moving average of the weights, which then is what is validated, predicts and is saved. A step takes 1 - decay of the weights
 * as they are; done every so many steps with decay^every, which costs as much less and is nearly the same.
 */
const averagingSchema = z.strictObject({
  decay: part("The average's decay").default(0.999),
  every: count("The number of steps between averagings").default(8),
});

const stoppingSchema = z.strictObject({
  /** Epochs without a better validation error after which the training ends; null: never. */
  patience: count("The patience").nullable().default(null),
  /** Which weights are kept at the end, also where it is stopped: the last, or those of the best validation error, of equal ones the first. */
  keep: z.enum(["last", "best"]).default("last"),
});

/** What a training can be set to, but for its data, its layers and its clock; the defaults are the app's. One place: records, checkpoints, requests and the command line take it from here. */
export const trainingOptions = {
  activation: z.enum(ACTIVATIONS).default("relu"),
  epochs: count("The number of epochs").default(10),
  batch: count("The batch").default(64),
  rate: number("The learning rate", { low: 0, above: true }).default(0.1),
  loss: z.enum(LOSSES).default("cross-entropy"),
  /** Examples are not learned from in a step where the network's outputs are all off by less: keep-unlearned.ts. */
  skipBelow: part("The error below which examples are skipped").default(0),
  optimizer: optimizerSchema.prefault({ kind: "sgd" }),
  schedule: scheduleSchema.prefault({ kind: "cosine" }),
  regularization: regularizationSchema.prefault({}),
  averaging: averagingSchema.nullable().default(null),
  stopping: stoppingSchema.prefault({}),
  augment: z.enum(AUGMENTATION_KINDS).default("none"),
  /** How the network looks at images, in training and afterwards: reshape/reshape-images.ts. */
  reshape: z.enum(RESHAPES).default("none"),
  /** How often it looks at an image when it predicts, also for the validation error: views/views.ts. */
  views: z.enum(VIEWS).default("one"),
  seed: z.number().int().default(1),
};

/** Before there were others, the one optimizer's momentum stood by itself: in records and checkpoints of then, and in requests. */
export function groupMomentum(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("momentum" in value)) return value;
  const { momentum, ...rest } = value;
  return "optimizer" in rest ? value : { ...rest, optimizer: { kind: "sgd", momentum } };
}

const plainTrainerSettingsSchema = z.object({
  /** Inputs, hidden layers, classes. */
  sizes: z.array(z.number().int().min(1).max(100_000)).min(2).max(64),
  ...trainingOptions,
});
export const trainerSettingsSchema = z.preprocess(groupMomentum, plainTrainerSettingsSchema);

/** All that the weights follow from, with the data. */
export type TrainerSettings = Readonly<z.infer<typeof plainTrainerSettingsSchema>>;
/** The same with what is to be as usual left out. */
export type TrainerSettingsInput = Readonly<z.input<typeof plainTrainerSettingsSchema>>;

/** @throws InkformError `invalid-argument` with the first thing that is wrong */
export function parseTrainerSettings(settings: TrainerSettingsInput): TrainerSettings {
  const parsed = trainerSettingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const { message, path } = parsed.error.issues[0]!;
  const what =
    path[0] === "sizes"
      ? `A network needs at least two layer sizes, each a whole number from 1, such as 784,128,10; not ${String(settings.sizes)}.`
      : message;
  throw new InkformError("invalid-argument", what, parsed.error.issues);
}
