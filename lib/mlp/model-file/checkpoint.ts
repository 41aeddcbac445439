import { z } from "zod";
import { InkformError } from "../../core/inkform-error.ts";
import { AUGMENTATION_KINDS } from "../augment/limits.ts";
import { trainingRecordSchema } from "../model.ts";
import { ACTIVATIONS, countParameters } from "../network.ts";
import type { TrainerSettings, TrainerState } from "../trainer.ts";
import { decodeContainer, encodeContainer } from "./container.ts";
import { decodeNetwork, encodeNetwork } from "./network-bytes.ts";

/** A training on its way, with all that is needed to go on as if it had never stopped. */
export interface Checkpoint {
  readonly settings: TrainerSettings;
  readonly classes: readonly string[];
  readonly dataHash: string;
  /** Training time so far, without pauses. */
  readonly seconds: number;
  readonly curve: z.infer<typeof trainingRecordSchema>["curve"];
  readonly state: TrainerState;
}

const headerSchema = z.object({
  kind: z.literal("checkpoint"),
  settings: z.object({
    sizes: z.array(z.number().int().min(1).max(100_000)).min(2).max(64),
    activation: z.enum(ACTIVATIONS),
    epochs: z.number().int().min(1),
    batch: z.number().int().min(1),
    rate: z.number(),
    momentum: z.number(),
    augment: z.enum(AUGMENTATION_KINDS),
    seed: z.number().int(),
  }),
  classes: z.array(z.string()),
  dataHash: z.string(),
  seconds: z.number().min(0),
  curve: trainingRecordSchema.shape.curve,
  progress: z.object({
    epoch: z.number().int().min(0),
    step: z.number().int().min(0),
    lossSum: z.number(),
    errorSum: z.number().int().min(0),
    seen: z.number().int().min(0),
  }),
});

/** The random numbers need no state of their own: they follow from the seed and the position (see derive-seed.ts). */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { settings, classes, dataHash, seconds, curve, state } = checkpoint;
  const header: z.infer<typeof headerSchema> = {
    kind: "checkpoint",
    settings: { ...settings, sizes: [...settings.sizes] },
    classes: [...classes],
    dataHash,
    seconds,
    curve: [...curve],
    progress: { ...state.progress },
  };
  const weights = encodeNetwork(state.network, "f32");
  const velocities = encodeNetwork(state.velocity, "f32");
  const payload = new Uint8Array(weights.length + velocities.length);
  payload.set(weights);
  payload.set(velocities, weights.length);
  return encodeContainer(header, payload);
}

/** @throws InkformError `invalid-file` */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { header, payload } = decodeContainer(bytes);
  const parsed = headerSchema.safeParse(header);
  if (!parsed.success) {
    throw new InkformError(
      "invalid-file",
      "This is not the checkpoint of a training, or of another version. Start the training anew.",
      parsed.error.issues,
    );
  }
  const { settings, classes, dataHash, seconds, curve, progress } = parsed.data;
  const half = 4 * countParameters(settings.sizes);
  const shape = { sizes: settings.sizes, activation: settings.activation, format: "f32" as const };
  const network = decodeNetwork(payload.subarray(0, half), shape);
  const velocity = decodeNetwork(payload.subarray(half), shape);
  return { settings, classes, dataHash, seconds, curve, state: { network, velocity, progress } };
}
