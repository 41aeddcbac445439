import { assertArgument } from "../core/assert.ts";
import { InkformError } from "../core/inkform-error.ts";
import { Rng } from "../core/rng.ts";
import { type Augmenter, createAugmenter } from "./augment/create-augmenter.ts";
import type { AugmentationKind } from "./augment/limits.ts";
import { planDistortion } from "./augment/plan-distortion.ts";
import { deriveSeed } from "./derive-seed.ts";
import { initializeNetwork } from "./initialize-network.ts";
import type { BatchLoss, CreateKernels, Kernels } from "./kernels/kernels.ts";
import { createSimdKernels } from "./kernels/simd/create-simd-kernels.ts";
import { learningRate } from "./learning-rate.ts";
import { measureErrorRate } from "./measure-error-rate.ts";
import { type Activation, createNetwork, hasOnlyFinite, type Network } from "./network.ts";
import { placeNetwork, readNetwork } from "./place-network.ts";
import { trainStep } from "./train-step.ts";
import { checkTrainingSet, type TrainingSet } from "./training-set.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

export interface TrainerSettings {
  /** Inputs, hidden layers, classes. */
  readonly sizes: readonly number[];
  readonly activation: Activation;
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly momentum: number;
  readonly augment: AugmentationKind;
  readonly seed: number;
}

/** How far a training is. With the weights and velocities, all there is to it. */
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

export interface EpochSummary {
  /** 1-based. */
  readonly epoch: number;
  /** Mean of the epoch's mini-batches, each at the weights it met. */
  readonly loss: number;
  /** Likewise, on the images as augmented; a fraction of 1. */
  readonly trainError: number;
}

export interface StepResult extends BatchLoss {
  readonly count: number;
  /** Where this step ended an epoch. */
  readonly ended: EpochSummary | null;
}

export interface TrainerState {
  readonly network: Network;
  readonly velocity: Network;
  readonly progress: TrainerProgress;
}

/**
 * Trains a network step by step; the caller decides when, and keeps the clock. The same settings, data and seed give the same weights
 * bit for bit, also when the training is taken up from a state on the way.
 */
export class Trainer {
  private readonly kernels: Kernels;
  /** In the kernels' own order. */
  private readonly placed: { readonly network: Network; readonly velocity: Network };
  private position: TrainerProgress = { epoch: 0, step: 0, lossSum: 0, errorSum: 0, seen: 0 };
  private readonly workspace: Workspace;
  private readonly labels: Uint8Array;
  /** The mini-batch's images as they are in the data. */
  private readonly bytes: Uint8Array;
  private readonly augmenter: Augmenter;
  private order: { epoch: number; examples: Uint32Array } = { epoch: -1, examples: new Uint32Array(0) };

  /** @throws InkformError `invalid-argument` where data, classes, settings and state do not fit together */
  constructor(
    private readonly data: TrainingSet,
    private readonly settings: TrainerSettings,
    options: {
      readonly classes: readonly string[];
      readonly state?: TrainerState | undefined;
      readonly kernels?: CreateKernels | undefined;
    },
  ) {
    const { sizes, activation, batch, seed } = settings;
    const { classes, state } = options;
    checkSettings(settings, classes);
    checkTrainingSet(data, { name: "training", inputs: sizes[0]!, classes, severalClasses: true });
    if (state) {
      checkSameNetwork(state.network, settings);
      checkSameNetwork(state.velocity, settings);
      this.position = state.progress;
    }
    const allocate = (length: number): Float32Array => new Float32Array(length);
    const network = state?.network ?? initializeNetwork(sizes, { activation, seed, allocate });
    const velocity = state?.velocity ?? createNetwork(sizes, activation, allocate);
    const B = Math.min(batch, data.labels.length);
    this.kernels = (options.kernels ?? createSimdKernels)({
      sizes,
      B,
      training: true,
      distortion: planDistortion(settings.augment, sizes[0]!),
    });
    this.placed = { network: placeNetwork(this.kernels, network), velocity: placeNetwork(this.kernels, velocity) };
    this.workspace = createWorkspace(sizes, B, { kernels: this.kernels, errors: true });
    this.labels = this.kernels.allocateBytes(B);
    this.bytes = this.kernels.allocateBytes(B * sizes[0]!);
    this.augmenter = createAugmenter(this.kernels, settings.augment, { classes, pixels: sizes[0]!, B, seed });
  }

  /** A copy of the weights as they are now. */
  get network(): Network {
    return readNetwork(this.kernels, this.placed.network);
  }

  /** A copy of the velocities as they are now. */
  get velocity(): Network {
    return readNetwork(this.kernels, this.placed.velocity);
  }

  /** Part of the examples that the network as it is now reads wrong. */
  measureErrorRate(set: TrainingSet): number {
    const { kernels, placed, workspace, bytes } = this;
    return measureErrorRate({ kernels, network: placed.network, workspace, bytes }, set);
  }

  /** Lets helping threads go; weights can still be read, but nothing more be computed. */
  end(): void {
    this.kernels.end();
  }

  get progress(): TrainerProgress {
    return this.position;
  }

  /** Epochs done, with the part of the one that runs. */
  get epochs(): number {
    return this.position.epoch + this.position.seen / this.data.labels.length;
  }

  get done(): boolean {
    return this.position.epoch >= this.settings.epochs;
  }

  /**
   * Trains on the next mini-batch.
   * @param timeFraction part of a time budget that is used up, in [0, 1]: the learning rate falls with it where it is ahead of the
   *   epochs. Without a budget 0, and the result does not depend on any clock.
   * @throws InkformError `invalid-argument` where the training diverges: then the weights are of no use
   */
  step(timeFraction = 0): StepResult {
    const { epochs, rate, momentum, batch } = this.settings;
    const { epoch, step } = this.position;
    assertArgument(!this.done, `All ${epochs} epochs are done.`);
    const N = this.data.labels.length;
    const stepsPerEpoch = Math.ceil(N / batch);
    const B = this.fillBatch(epoch, step);
    const fraction = Math.max((epoch * stepsPerEpoch + step + 0.5) / (epochs * stepsPerEpoch), Math.min(1, timeFraction));
    const { placed, workspace } = this;
    const { loss, errors } = trainStep(
      this.kernels,
      { ...placed, workspace },
      {
        labels: this.labels,
        B,
        rate: learningRate(fraction, rate),
        momentum,
      },
    );
    if (!Number.isFinite(loss)) this.refuseDivergence("the loss is no longer a number");
    const lossSum = this.position.lossSum + loss;
    const errorSum = this.position.errorSum + errors;
    const seen = this.position.seen + B;
    const last = step + 1 === stepsPerEpoch;
    const ended = last ? this.summarize(epoch + 1, lossSum / seen, errorSum / seen) : null;
    this.position = last
      ? { epoch: epoch + 1, step: 0, lossSum: 0, errorSum: 0, seen: 0 }
      : { epoch, step: step + 1, lossSum, errorSum, seen };
    return { loss, errors, count: B, ended };
  }

  /** Puts mini-batch `step` of `epoch` into the workspace. @returns how many examples it has */
  private fillBatch(epoch: number, step: number): number {
    const { images, labels } = this.data;
    const I = this.settings.sizes[0]!;
    const N = labels.length;
    if (this.order.epoch !== epoch) {
      const examples = Uint32Array.from({ length: N }, (_, n) => n);
      this.order = { epoch, examples: new Rng(deriveSeed(this.settings.seed, "order", epoch)).shuffle(examples) };
    }
    const from = step * this.settings.batch;
    const B = Math.min(this.settings.batch, N - from);
    for (let b = 0; b < B; b++) {
      const example = this.order.examples[from + b]!;
      const label = labels[example]!;
      this.labels[b] = label;
      this.bytes.set(images.subarray(example * I, (example + 1) * I), b * I);
      this.augmenter.draw(b, { label, epoch, example });
    }
    this.augmenter.fill(this.workspace.a[0]!, this.bytes, B);
    return B;
  }

  private summarize(epoch: number, loss: number, trainError: number): EpochSummary {
    if (!hasOnlyFinite(this.placed.network)) this.refuseDivergence("weights are no longer numbers");
    // Guessing every class alike costs ln C. A training that works is well below it after an epoch, or after 200 steps where an epoch is short.
    const guessing = Math.log(this.settings.sizes.at(-1)!);
    const steps = epoch * Math.ceil(this.data.labels.length / this.settings.batch);
    if (loss > guessing * (steps < 200 ? 3 : 1.2)) {
      this.refuseDivergence(`the mean loss of epoch ${epoch} is ${loss.toPrecision(3)}, where guessing gives ${guessing.toPrecision(3)}`);
    }
    return { epoch, loss, trainError };
  }

  private refuseDivergence(what: string): never {
    const { rate } = this.settings;
    throw new InkformError(
      "invalid-argument",
      `The training diverged in epoch ${this.position.epoch + 1}: ${what}. Nothing of it was saved. ` +
        `Train again with a learning rate below ${rate}, for instance ${Number((rate / 10).toPrecision(2))}.`,
    );
  }
}

function checkSettings(settings: TrainerSettings, classes: readonly string[]): void {
  const { sizes, epochs, batch, rate, momentum } = settings;
  assertArgument(Number.isInteger(epochs) && epochs >= 1, `The number of epochs must be whole and at least 1, not ${epochs}.`);
  assertArgument(Number.isInteger(batch) && batch >= 1, `The batch must be a whole number of at least 1, not ${batch}.`);
  assertArgument(Number.isFinite(rate) && rate > 0, `The learning rate must be a number above 0, not ${rate}.`);
  assertArgument(momentum >= 0 && momentum < 1, `The momentum must be at least 0 and below 1, not ${momentum}.`);
  assertArgument(
    sizes.at(-1) === classes.length,
    `The last layer has ${sizes.at(-1)} units, but there are ${classes.length} classes (${classes.join("")}): end the layers with ${classes.length}.`,
  );
}

function checkSameNetwork(saved: Network, { sizes, activation }: TrainerSettings): void {
  assertArgument(
    saved.activation === activation && saved.sizes.join() === sizes.join(),
    `The saved network is ${saved.sizes.join("-")} with ${saved.activation}, but ${sizes.join("-")} with ${activation} is to be trained.`,
  );
}
