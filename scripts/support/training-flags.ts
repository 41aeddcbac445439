import type { z } from "zod";
import { type TrainSettings, trainSettingsSchema } from "../../lib/contracts/runs.ts";
import { AUGMENTATION_KINDS } from "../../lib/mlp/augment/limits.ts";
import { ACTIVATIONS } from "../../lib/mlp/network.ts";
import { RESHAPES } from "../../lib/mlp/reshape/reshapes.ts";
import { LOSSES } from "../../lib/mlp/training-settings.ts";
import { VIEWS } from "../../lib/mlp/views/views.ts";
import { parseChoice, UsageError } from "./command-line.ts";

interface Flag {
  /** Where it goes in `TrainSettings`. */
  readonly path: readonly string[];
  /** What it takes: one of some words, a number, or nothing. */
  readonly takes: readonly string[] | string | null;
  readonly about: string;
  /** Why it may be given without the choice it belongs to: `--beta1` makes no sense but with Adam. */
  readonly with?: object;
}

const ADAM = { optimizer: { kind: "adam" } };
const STEP = { schedule: { kind: "step" } };

/** The options of a training that the settings' schema knows, by their names on the command line. */
const FLAGS: Record<string, Flag> = {
  epochs: { path: ["epochs"], takes: "N", about: "times through the data" },
  batch: { path: ["batch"], takes: "B", about: "examples a step" },
  seed: { path: ["seed"], takes: "S", about: "same seed, same weights" },
  threads: { path: ["threads"], takes: "T", about: "the weights do not depend on it; at most as many as there are processors" },
  "max-seconds": {
    path: ["maxSeconds"],
    takes: "S",
    about: "stop after S seconds and keep what is there; the learning rate falls accordingly",
  },
  members: { path: ["members"], takes: "N", about: "networks of a committee, trained one after another; their seeds follow from the seed" },
  augment: { path: ["augment"], takes: AUGMENTATION_KINDS, about: "bends each image anew, every time" },
  reshape: {
    path: ["reshape"],
    takes: [...RESHAPES, "varied"],
    about: "how networks look at images, also when they read; varied: each of a committee in its own way",
  },
  views: {
    path: ["views"],
    takes: VIEWS,
    about:
      "how often the network looks at an image when it reads, each time turned and moved a little: five err less and take five times as long",
  },
  activation: { path: ["activation"], takes: ACTIVATIONS, about: "of hidden units" },
  loss: { path: ["loss"], takes: LOSSES, about: "both of the softmax's probabilities" },
  "skip-below": {
    path: ["skipBelow"],
    takes: "P",
    about: "learn nothing from examples whose outputs are all off by less, such as 0.02: about twice as fast",
  },
  optimizer: { path: ["optimizer", "kind"], takes: ["sgd", "adam"], about: "how gradients move weights" },
  momentum: { path: ["optimizer", "momentum"], takes: "M", about: "of sgd" },
  nesterov: { path: ["optimizer", "nesterov"], takes: null, about: "of sgd: the gradient is taken ahead" },
  beta1: { path: ["optimizer", "beta1"], takes: "B", about: "of adam", with: ADAM },
  beta2: { path: ["optimizer", "beta2"], takes: "B", about: "of adam", with: ADAM },
  epsilon: { path: ["optimizer", "epsilon"], takes: "E", about: "of adam", with: ADAM },
  lr: { path: ["rate"], takes: "R", about: "learning rate, its highest; adam wants some 0.001" },
  schedule: { path: ["schedule", "kind"], takes: ["cosine", "constant", "step"], about: "how the learning rate goes" },
  "warm-up": { path: ["schedule", "warmUp"], takes: "P", about: "part of the training over which it rises from 0" },
  "final-lr": { path: ["schedule", "final"], takes: "R", about: "where cosine ends" },
  "step-factor": { path: ["schedule", "factor"], takes: "F", about: "of step: what the rate is multiplied with", with: STEP },
  "step-every": { path: ["schedule", "every"], takes: "N", about: "of step: after so many epochs", with: STEP },
  "weight-decay": {
    path: ["regularization", "weightDecay"],
    takes: "D",
    about: "decoupled: a step takes rate x D of every weight, not of biases",
  },
  "label-smoothing": { path: ["regularization", "labelSmoothing"], takes: "P", about: "part of the target spread over all classes" },
  dropout: { path: ["regularization", "dropout", "hidden"], takes: "P", about: "part of each hidden layer's outputs dropped" },
  "dropout-input": { path: ["regularization", "dropout", "input"], takes: "P", about: "part of the inputs dropped" },
  "max-norm": { path: ["regularization", "maxNorm"], takes: "N", about: "largest length of the weights that enter a unit" },
  average: {
    path: ["averaging", "decay"],
    takes: "D",
    about: "keep a moving average of the weights with this decay a step, such as 0.999, and use it",
  },
  "average-every": {
    path: ["averaging", "every"],
    takes: "K",
    about: "take the weights into it every K steps, with D^K",
    with: { averaging: {} },
  },
  patience: { path: ["stopping", "patience"], takes: "N", about: "end after N epochs without a better validation error" },
  keep: { path: ["stopping", "keep"], takes: ["last", "best"], about: "which weights: the last, or those of the best validation error" },
};

/** For `parseArguments`. */
export const TRAINING_FLAGS: Record<string, { type: "string" | "boolean" }> = Object.fromEntries(
  Object.entries(FLAGS).map(([name, { takes }]) => [name, { type: takes === null ? ("boolean" as const) : ("string" as const) }]),
);

/** A line an option, with its default. */
export function describeTrainingFlags(): string {
  const lines = Object.entries(FLAGS).map(([name, flag]) => {
    const what = `--${name}${flag.takes === null ? "" : ` ${typeof flag.takes === "string" ? flag.takes : flag.takes.join("|")}`}`;
    const usual = valueAt(trainSettingsSchema.parse(flag.with ?? {}), flag.path);
    const shown = usual === undefined || usual === null ? "off" : usual === false ? "no" : String(usual);
    return `  ${what.padEnd(34)} ${flag.about} (${shown})`;
  });
  return lines.join("\n");
}

/** @throws UsageError that names the option that is wrong */
export function readTrainingFlags(values: Readonly<Record<string, unknown>>, hidden: readonly number[] | undefined): TrainSettings {
  const settings: Record<string, unknown> = hidden ? { hidden } : {};
  for (const [name, flag] of Object.entries(FLAGS)) {
    const value = values[name];
    if (value !== undefined) put(settings, flag.path, flag.takes === null ? value : read(name, flag.takes, String(value)));
  }
  // An option of sgd alone names it.
  for (const group of ["optimizer", "schedule"] as const) {
    const given = settings[group] as object | undefined;
    if (given && !("kind" in given)) settings[group] = { kind: group === "optimizer" ? "sgd" : "cosine", ...given };
  }
  const parsed = trainSettingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw new UsageError(describeIssue(parsed.error.issues[0]!, settings));
}

function describeIssue(issue: z.core.$ZodIssue, settings: Record<string, unknown>): string {
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
  const name = Object.keys(FLAGS).find((flag) => FLAGS[flag]!.path.join() === path.join());
  if (issue.code !== "unrecognized_keys") return `--${name ?? path.join(".")}: ${issue.message}`;
  const kind = valueAt(settings, [String(path[0]), "kind"]);
  return `--${name ?? path.join(".")} does not belong to --${String(path[0])} ${String(kind)}.`;
}

function read(name: string, takes: readonly string[] | string, text: string): string | number {
  if (typeof takes !== "string") return parseChoice(name, text, takes);
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new UsageError(`--${name} must be a number, not "${text}".`);
  return value;
}

function put(target: Record<string, unknown>, [first, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) target[first!] = value;
  else {
    target[first!] ??= {};
    put(target[first!] as Record<string, unknown>, rest, value);
  }
}

function valueAt(source: unknown, path: readonly string[]): unknown {
  return path.reduce((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], source);
}
