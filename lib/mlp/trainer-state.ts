import { assertArgument } from "../core/assert.ts";
import type { Network } from "./network.ts";
import type { TrainerSettings } from "./training-settings.ts";

/** How far a training is. With the networks of its state, all there is to it. */
export interface TrainerProgress {
  /** Whole epochs done. */
  readonly epoch: number;
  /** Mini-batches done in the epoch that runs. */
  readonly step: number;
  /** Over the epoch that runs. */
  readonly lossSum: number;
  readonly errorSum: number;
  readonly seen: number;
}

/** The epoch with the lowest validation error so far, of equal ones the first. */
export interface BestEpoch {
  /** 1-based. */
  readonly epoch: number;
  /** A fraction of 1. */
  readonly validationError: number;
  /** Its weights, where they are to be kept. */
  readonly network: Network | null;
}

export interface TrainerState<N = Network> {
  readonly network: N;
  readonly velocity: N;
  /** Adam's second moments; null with another optimizer. */
  readonly squares: N | null;
  /** The average of the weights; null without averaging. */
  readonly average: N | null;
  readonly best: BestEpoch | null;
  readonly progress: TrainerProgress;
}

/** @throws InkformError `invalid-argument` where the state is not of a training with these settings */
export function checkTrainerState(state: TrainerState, { sizes, activation, optimizer, averaging }: TrainerSettings): void {
  for (const saved of [state.network, state.velocity, state.squares, state.average, state.best?.network]) {
    if (!saved) continue;
    assertArgument(
      saved.activation === activation && saved.sizes.join() === sizes.join(),
      `The saved network is ${saved.sizes.join("-")} with ${saved.activation}, but ${sizes.join("-")} with ${activation} is to be trained.`,
    );
  }
  assertArgument(
    (state.squares !== null) === (optimizer.kind === "adam") && (state.average !== null) === (averaging !== null),
    "The saved training has another optimizer, or averages weights where this one does not, or the other way round.",
  );
}
