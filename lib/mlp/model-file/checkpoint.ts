import { z } from "zod";
import { InkformError } from "../../core/inkform-error.ts";
import { trainingRecordSchema } from "../model.ts";
import { countParameters, type Network, type WeightSource } from "../network.ts";
import type { TrainerState } from "../trainer-state.ts";
import { type TrainerSettings, trainerSettingsSchema } from "../training-settings.ts";
import { decodeContainer, encodeContainer } from "./container.ts";
import { decodeNetwork, encodeWeights } from "./network-bytes.ts";
import type { Pieces } from "./pieces.ts";

/** A training on its way, with all that is needed to go on as if it had never stopped. */
export interface Checkpoint<N = Network> {
  readonly settings: TrainerSettings;
  readonly classes: readonly string[];
  readonly dataHash: string;
  /** Training time so far, without pauses. */
  readonly seconds: number;
  readonly curve: z.infer<typeof trainingRecordSchema>["curve"];
  /** Of the steps so far: model.ts. */
  readonly rounding?: z.infer<typeof trainingRecordSchema>["rounding"];
  readonly state: TrainerState<N>;
}

const PARTS = ["network", "velocity", "squares", "average", "best"] as const;

const headerSchema = z.object({
  kind: z.literal("checkpoint"),
  settings: trainerSettingsSchema,
  classes: z.array(z.string()),
  dataHash: z.string(),
  seconds: z.number().min(0),
  curve: trainingRecordSchema.shape.curve,
  rounding: trainingRecordSchema.shape.rounding,
  progress: z.object({
    epoch: z.number().int().min(0),
    step: z.number().int().min(0),
    lossSum: z.number(),
    errorSum: z.number().int().min(0),
    seen: z.number().int().min(0),
  }),
  best: z
    .object({ epoch: z.number().int().min(1), validationError: z.number() })
    .nullable()
    .default(null),
  /** Networks of the payload one after another. */
  parts: z.array(z.enum(PARTS)).default(["network", "velocity"]),
});

/**
 * The random numbers need no state of their own: they follow from the seed and the position (see derive-seed.ts). Weights that are elsewhere are those of the moment
 * when the pieces are read.
 */
export function encodeCheckpoint(checkpoint: Checkpoint<Network | WeightSource>): Pieces {
  const { settings, classes, dataHash, seconds, curve, rounding, state } = checkpoint;
  const networks = { ...state, best: state.best?.network ?? null };
  const parts = PARTS.filter((part) => networks[part] !== null);
  const header: z.infer<typeof headerSchema> = {
    kind: "checkpoint",
    settings: { ...settings, sizes: [...settings.sizes] },
    classes: [...classes],
    dataHash,
    seconds,
    curve: [...curve],
    rounding,
    progress: { ...state.progress },
    best: state.best && { epoch: state.best.epoch, validationError: state.best.validationError },
    parts,
  };
  const payloads = parts.map((part) => encodeWeights(networks[part]!, "f32"));
  return encodeContainer(header, payloads);
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
  const { settings, classes, dataHash, seconds, curve, rounding, progress, best, parts } = parsed.data;
  const shape = { sizes: settings.sizes, activation: settings.activation, format: "f32" as const };
  const size = 4 * countParameters(settings.sizes);
  const read = (part: (typeof PARTS)[number]): Network => decodeNetwork(cut(payload, parts.indexOf(part), size, parts.length), shape);
  const readIfThere = (part: (typeof PARTS)[number]): Network | null => (parts.includes(part) ? read(part) : null);
  const state = {
    network: read("network"),
    velocity: read("velocity"),
    squares: readIfThere("squares"),
    average: readIfThere("average"),
    best: best && { ...best, network: readIfThere("best") },
    progress,
  };
  return { settings, classes, dataHash, seconds, curve, rounding, state };
}

/** Part k of n, each of `size` bytes; the last takes what is left, so that a length that does not fit is noticed. */
function cut(payload: Uint8Array, k: number, size: number, n: number): Uint8Array {
  return k < 0 ? new Uint8Array(0) : payload.subarray(k * size, k === n - 1 ? undefined : (k + 1) * size);
}
