import { assertArgument } from "../core/assert.ts";
import { createAugmenter } from "./augment/create-augmenter.ts";
import { planDistortion } from "./augment/plan-distortion.ts";
import { averageNetwork } from "./average-network.ts";
import { deriveSeed } from "./derive-seed.ts";
import type { BatchLoss, CreateKernels, Kernels } from "./kernels/kernels.ts";
import { createSimdKernels } from "./kernels/simd/create-simd-kernels.ts";
import { learningRate } from "./learning-rate.ts";
import { measureErrorRate } from "./measure-error-rate.ts";
import { type BatchPosition, type MiniBatch, MiniBatches } from "./mini-batches.ts";
import { hasOnlyFinite, type Network, type WeightSource } from "./network.ts";
import { placeFirstWeights, placeNetwork, placeZeros, readNetwork, viewNetwork } from "./place-network.ts";
import { describeDivergence, refuseDivergence } from "./refuse-divergence.ts";
import { reshapeImages } from "./reshape/reshape-images.ts";
import { ruleForStep } from "./rule-for-step.ts";
import { trainStep } from "./train-step.ts";
import { type BestEpoch, checkTrainerState, type TrainerProgress, type TrainerState } from "./trainer-state.ts";
import { checkTrainingSet, type TrainingSet } from "./training-set.ts";
import { parseTrainerSettings, type TrainerSettings, type TrainerSettingsInput } from "./training-settings.ts";
import { type PlacedViews, placeViews } from "./views/place-views.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

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

/**
 * Trains a network step by step; the caller decides when, and keeps the clock. The same settings, data and seed give the same weights
 * bit for bit with kernels that round alike, also when the training is taken up from a state on the way.
 */
export class Trainer {
  private readonly settings: TrainerSettings;
  private readonly kernels: Kernels;
  /** In the kernels' own order. */
  private readonly placed: { readonly [name in "network" | "velocity"]: Network } & {
    readonly [name in "squares" | "average"]: Network | null;
  };
  private position: TrainerProgress = { epoch: 0, step: 0, lossSum: 0, errorSum: 0, seen: 0 };
  private best: BestEpoch | null = null;
  private readonly workspace: Workspace;
  private readonly batches: MiniBatches;
  private readonly views: PlacedViews | null;
  /** A set that was measured, as the network looks at it: the same one is measured after every epoch. */
  private measured: { readonly of: TrainingSet; readonly seen: TrainingSet } | null = null;

  /** @throws InkformError `invalid-argument` where data, classes, settings and state do not fit together */
  constructor(
    private readonly data: TrainingSet,
    settings: TrainerSettingsInput,
    options: {
      readonly classes: readonly string[];
      readonly state?: TrainerState | undefined;
      readonly kernels?: CreateKernels | undefined;
    },
  ) {
    this.settings = parseTrainerSettings(settings);
    const { sizes, activation, batch, seed, augment, views, optimizer, averaging } = this.settings;
    const { classes, state } = options;
    checkOutputs(sizes, classes);
    checkSkipping(this.settings);
    checkTrainingSet(data, { name: "training", inputs: sizes[0]!, classes, severalClasses: true });
    if (state) {
      checkTrainerState(state, this.settings);
      this.position = state.progress;
      this.best = state.best;
    }
    const B = Math.min(batch, data.labels.length);
    const copies = Number(optimizer.kind === "adam") + Number(averaging !== null);
    const kernels = (options.kernels ?? createSimdKernels)({
      sizes,
      B,
      training: true,
      copies,
      distortion: planDistortion(augment, sizes[0]!, views),
    });
    const place = (saved: Network | null | undefined): Network =>
      saved ? placeNetwork(kernels, saved) : placeZeros(kernels, { sizes, activation });
    const velocity = place(state?.velocity);
    this.kernels = kernels;
    this.placed = {
      network: state ? place(state.network) : placeFirstWeights(kernels, velocity, seed),
      velocity,
      squares: optimizer.kind === "adam" ? place(state?.squares) : null,
      average: averaging ? place(state?.average) : null,
    };
    this.workspace = createWorkspace(sizes, B, { kernels, errors: true });
    const inputs = sizes[0]!;
    const augmenter = createAugmenter(kernels, augment, { classes, pixels: inputs, B, seed });
    this.views = placeViews(kernels, views, { pixels: inputs, B });
    this.batches = new MiniBatches(this.look(data), { kernels, augmenter, inputs, batch, seed });
  }

  /** A copy of what would predict now: the average of the weights where they are averaged, else the weights. */
  get network(): Network {
    return readNetwork(this.kernels, this.predicting);
  }

  /**
   * A copy of all that is needed to go on from here.
   * @throws InkformError `invalid-argument` where it is of no use, as the training diverged
   */
  get state(): TrainerState {
    return this.stateWith((placed) => readNetwork(this.kernels, placed));
  }

  /** The same to be written at once, before the next step: without a copy. */
  get view(): TrainerState<Network | WeightSource> {
    return this.stateWith<Network | WeightSource>((placed) => viewNetwork(this.kernels, placed));
  }

  private stateWith<N>(take: (placed: Network) => N): TrainerState<N> {
    this.refuseNotFinite();
    const { network, velocity, squares, average } = this.placed;
    return {
      network: take(network),
      velocity: take(velocity),
      squares: squares && take(squares),
      average: average && take(average),
      best: this.best,
      progress: this.position,
    };
  }

  /** Part of the examples that the network as it is now reads wrong. */
  measureErrorRate(set: TrainingSet): number {
    const { kernels, predicting, workspace, batches, views } = this;
    if (this.measured?.of !== set) this.measured = { of: set, seen: this.look(set) };
    return measureErrorRate({ kernels, network: predicting, workspace, bytes: batches.lendBytes(), views }, this.measured.seen);
  }

  /** The set as the network looks at it. */
  private look({ images, labels }: TrainingSet): TrainingSet {
    return { images: reshapeImages(this.settings.reshape, images, labels.length), labels };
  }

  /** Takes note of the validation error at the end of an epoch, for early stopping and for keeping the best weights. */
  judge(validationError: number): void {
    if (this.best && validationError >= this.best.validationError) return;
    const network = this.settings.stopping.keep === "best" ? this.network : null;
    this.best = { epoch: this.position.epoch, validationError, network };
  }

  /**
   * What a training that ends here leaves: the last weights, without a copy, or the best, as the settings say.
   * @param validationError of the weights as they are, where an epoch was broken off and it was measured: they may be the best
   */
  choose(validationError: number | null): { network: Network | WeightSource; epochs: number } {
    const { best } = this;
    if (best?.network && !(validationError !== null && validationError < best.validationError)) {
      return { network: best.network, epochs: best.epoch };
    }
    return { network: viewNetwork(this.kernels, this.predicting), epochs: this.epochs };
  }

  /** Lets helping threads go; weights can still be read, but nothing more be computed. */
  end(): void {
    this.kernels.end();
  }

  /** How its kernels round, where they are those that may round either way. */
  get rounding(): Kernels["rounding"] {
    return this.kernels.rounding;
  }

  get progress(): TrainerProgress {
    return this.position;
  }

  /** Epochs done, with the part of the one that runs. */
  get epochs(): number {
    return this.position.epoch + this.position.seen / this.data.labels.length;
  }

  /** After the last epoch, or when the validation error has not fallen for as many epochs as there is patience. */
  get done(): boolean {
    const { epochs, stopping } = this.settings;
    const { epoch } = this.position;
    return epoch >= epochs || (stopping.patience !== null && this.best !== null && epoch - this.best.epoch >= stopping.patience);
  }

  /**
   * Trains on the next mini-batch.
   * @param timeFraction part of a time budget that is used up, in [0, 1]: the learning rate falls with it where it is ahead of the
   *   epochs. Without a budget 0, and the result does not depend on any clock.
   * @throws InkformError `invalid-argument` where the training diverges: then the weights are of no use
   */
  step(timeFraction = 0): StepResult {
    const { epochs, batch } = this.settings;
    const { epoch, step } = this.position;
    assertArgument(!this.done, "The training is done.");
    const N = this.data.labels.length;
    const stepsPerEpoch = Math.ceil(N / batch);
    const fraction = Math.max((epoch * stepsPerEpoch + step + 0.5) / (epochs * stepsPerEpoch), Math.min(1, timeFraction));
    const t = epoch * stepsPerEpoch + step + 1;
    const last = step + 1 === stepsPerEpoch;
    const after = last ? { epoch: epoch + 1, step: 0 } : { epoch, step: step + 1 };
    const miniBatch = this.batches.fill(this.workspace.a[0]!, { epoch, step });
    const { loss, errors } = this.learn(miniBatch, { t, rate: learningRate(fraction, this.settings), after });
    if (!Number.isFinite(loss)) this.refuseDivergence("the loss is no longer a number");
    const lossSum = this.position.lossSum + loss;
    const errorSum = this.position.errorSum + errors;
    const seen = this.position.seen + miniBatch.B;
    const ended = last ? this.summarize(epoch + 1, lossSum / seen, errorSum / seen) : null;
    this.position = last ? { ...after, lossSum: 0, errorSum: 0, seen: 0 } : { ...after, lossSum, errorSum, seen };
    return { loss, errors, count: miniBatch.B, ended };
  }

  /** Step t, from 1, on the mini-batch in the workspace; prepares the one after it meanwhile. */
  private learn({ B, labels }: MiniBatch, { t, rate, after }: { t: number; rate: number; after: BatchPosition }): BatchLoss {
    const { settings, kernels, placed, workspace, batches } = this;
    const { loss, skipBelow, regularization, averaging, seed } = settings;
    const { dropout, labelSmoothing } = regularization;
    const drops = dropout.input > 0 || dropout.hidden > 0;
    const { momentum, nesterov, adam, weightDecay, maxNorm } = ruleForStep(settings, { rate, t });
    const result = trainStep(
      kernels,
      { network: placed.network, velocity: placed.velocity, squares: placed.squares ?? undefined, workspace },
      {
        // Written out, as in trainStep.
        rate,
        momentum,
        nesterov,
        adam,
        weightDecay,
        maxNorm,
        labels,
        B,
        loss,
        labelSmoothing,
        skipBelow,
        meanwhile: after.epoch < settings.epochs ? () => void batches.prepare(after) : undefined,
        dropout: drops ? { ...dropout, seed: (l) => deriveSeed(seed, "dropout", t, l) } : undefined,
      },
    );
    if (averaging && placed.average && t % averaging.every === 0) {
      averageNetwork(kernels, placed.average, placed.network, { ...averaging, t });
    }
    return result;
  }

  /** Where the kernels have what would predict now. Before the first averaging there is no average yet. */
  private get predicting(): Network {
    const { placed, position, settings } = this;
    const steps = position.epoch * Math.ceil(this.data.labels.length / settings.batch) + position.step;
    return placed.average && steps >= settings.averaging!.every ? placed.average : placed.network;
  }

  private summarize(epoch: number, loss: number, trainError: number): EpochSummary {
    this.refuseNotFinite();
    const steps = epoch * Math.ceil(this.data.labels.length / this.settings.batch);
    const wrong = describeDivergence({ loss, epoch, steps }, this.settings);
    if (wrong) this.refuseDivergence(wrong);
    return { epoch, loss, trainError };
  }

  private refuseNotFinite(): void {
    const all = Object.values(this.placed);
    if (!all.every((network) => network === null || hasOnlyFinite(network))) this.refuseDivergence("weights are no longer numbers");
  }

  private refuseDivergence(what: string): never {
    refuseDivergence(what, { epoch: this.position.epoch + 1, rate: this.settings.rate });
  }
}

function checkSkipping({ skipBelow, regularization }: TrainerSettings): void {
  const { dropout, labelSmoothing } = regularization;
  assertArgument(
    skipBelow === 0 || (dropout.input === 0 && dropout.hidden === 0),
    "Skipping learned examples does not go together with dropout: with units dropped, an example's error says little. Set one of them to 0.",
  );
  assertArgument(
    skipBelow === 0 || labelSmoothing === 0,
    "Skipping learned examples does not go together with label smoothing, which keeps every output off its target. Set one of them to 0.",
  );
}

function checkOutputs(sizes: readonly number[], classes: readonly string[]): void {
  assertArgument(
    sizes.at(-1) === classes.length,
    `The last layer has ${sizes.at(-1)} units, but there are ${classes.length} classes (${classes.join("")}): end the layers with ${classes.length}.`,
  );
}
