import { Rng } from "../core/rng.ts";
import type { Augmenter } from "./augment/create-augmenter.ts";
import { deriveSeed } from "./derive-seed.ts";
import type { Floats, Kernels } from "./kernels/kernels.ts";
import type { TrainingSet } from "./training-set.ts";

/** Mini-batch `step` of `epoch`, both from 0. */
export interface BatchPosition {
  readonly epoch: number;
  readonly step: number;
}

export interface MiniBatch extends BatchPosition {
  /** How many examples it has: the last of an epoch may have fewer. */
  readonly B: number;
  /** Good until the mini-batch after the next is prepared. */
  readonly labels: Uint8Array;
}

/** A training's mini-batches: every epoch has the examples in an order of its own. The next one may be prepared while one is trained on; the order follows from the seed alone. */
export class MiniBatches {
  private readonly labels: readonly [Uint8Array, Uint8Array];
  private readonly bytes: Uint8Array;
  private prepared: MiniBatch | null = null;
  private order: { epoch: number; examples: Uint32Array } = { epoch: -1, examples: new Uint32Array(0) };

  /** @param options.inputs pixels of an image */
  constructor(
    private readonly data: TrainingSet,
    private readonly options: {
      readonly kernels: Kernels;
      readonly augmenter: Augmenter;
      readonly inputs: number;
      readonly batch: number;
      readonly seed: number;
    },
  ) {
    const { kernels, batch, inputs } = options;
    const B = Math.min(batch, data.labels.length);
    this.labels = [kernels.allocateBytes(B), kernels.allocateBytes(B)];
    this.bytes = kernels.allocateBytes(B * inputs);
  }

  /** x (B x inputs) = a mini-batch, distorted or as it is. */
  fill(x: Floats, position: BatchPosition): MiniBatch {
    const { prepared } = this;
    const ready = prepared !== null && prepared.epoch === position.epoch && prepared.step === position.step;
    const batch = ready ? prepared : this.prepare(position);
    this.options.augmenter.fill(x, this.bytes, batch.B);
    return batch;
  }

  /** Brings a mini-batch's images and labels near, and draws how they will be distorted. Calls no kernels. */
  prepare({ epoch, step }: BatchPosition): MiniBatch {
    const { inputs: I, batch, augmenter } = this.options;
    const { images } = this.data;
    const N = this.data.labels.length;
    const from = step * batch;
    const B = Math.min(batch, N - from);
    const labels = this.labels[0] === this.prepared?.labels ? this.labels[1] : this.labels[0];
    const examples = this.orderOf(epoch);
    for (let b = 0; b < B; b++) {
      const example = examples[from + b]!;
      const label = this.data.labels[example]!;
      labels[b] = label;
      this.bytes.set(images.subarray(example * I, (example + 1) * I), b * I);
      augmenter.draw(b, { label, epoch, example });
    }
    this.prepared = { epoch, step, B, labels };
    return this.prepared;
  }

  /** The room for images, for other ones; what was prepared is lost. */
  lendBytes(): Uint8Array {
    this.prepared = null;
    return this.bytes;
  }

  private orderOf(epoch: number): Uint32Array {
    if (this.order.epoch !== epoch) {
      const examples = Uint32Array.from({ length: this.data.labels.length }, (_, n) => n);
      this.order = { epoch, examples: new Rng(deriveSeed(this.options.seed, "order", epoch)).shuffle(examples) };
    }
    return this.order.examples;
  }
}
