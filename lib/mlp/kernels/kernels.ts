/**
 * What a network is computed with. The letters are the same in the whole folder:
 *
 *   B  examples of the mini-batch     I  inputs of a layer     O  its outputs     C  classes
 *
 * Matrices are row-major: x[b,i] = x[b*I + i], w[i,o] = w[i*O + o]. A layer's weights are I x O, so that an input that is zero (81 %
 * of MNIST's pixels, about 60 % of ReLU's outputs) skips one whole contiguous row.
 *
 * Every kernel has a plain version that reads like its formula (`<name>.reference.ts`) and two fast ones of the same signature: in
 * TypeScript (`<name>.ts`) and in WebAssembly (`simd/`, `wasm/`). The plain ones take float64 as well: the gradients are checked with them.
 *
 * The WebAssembly ones work only on arrays from their own `allocate`, and keep a layer's weights in an order of their own: a layer made by
 * `createLayer` is filled by `writeLayer` and looked at by `readRows`.
 */
export interface Kernels {
  /** How the WebAssembly ones round sums of products: simd/kernel-module.ts. Those in TypeScript round as JavaScript does, which no setting changes. */
  readonly rounding?: "fused" | "separate";
  /** A zeroed array where these kernels can work on it. */
  readonly allocate: (length: number) => Floats;
  readonly allocateBytes: (length: number) => Uint8Array;
  /** A layer of zeros, in these kernels' own order. */
  readonly createLayer: (I: number, O: number) => LayerFloats;
  /** to (own order) = from (w row-major, I x O) */
  readonly writeLayer: (to: LayerFloats, from: LayerFloats, shape: { I: number; O: number }) => void;
  /** to (row-major, of O columns) = as many rows of a layer (own order) as it has room for, from row `first`; row I, the last, are the biases. */
  readonly readRows: (to: Floats, from: LayerFloats, shape: { I: number; O: number; first: number }) => void;
  /** x[k] = bytes[k] / 255, for the first `length`. */
  readonly scaleBytes: (x: Floats, bytes: Uint8Array, length: number) => void;
  /** x (B x side^2) = images (B x side^2 bytes), each distorted by its own motion: distort-images.reference.ts. */
  readonly distortImages: (x: Floats, images: Uint8Array, options: DistortOptions) => void;
  readonly forwardLayer: (a: Floats, x: Floats, layer: LayerFloats, options: LayerOptions) => void;
  /** Makes x (B x I) zero where `options` say so, and the rest larger by as much. */
  readonly dropOut: (x: Floats, options: DropoutOptions) => void;
  /** Carries errors dx (B x I) back through that and f; x is what `dropOut` left. */
  readonly dropOutErrors: (dx: Floats, x: Floats, options: DropoutOptions & { f: Nonlinearity }) => void;
  readonly softmaxCrossEntropy: (d: Floats, z: Floats, labels: Uint8Array, options: LossOptions) => BatchLoss;
  readonly softmaxSquaredError: (d: Floats, z: Floats, labels: Uint8Array, options: LossOptions) => BatchLoss;
  readonly softmax: (p: Floats, z: Floats, options: { B: number; C: number }) => void;
  readonly backwardLayer: (dx: Floats, d: Floats, layer: LayerFloats, options: BackwardOptions) => void;
  readonly updateLayer: (layer: LayerFloats, velocity: LayerFloats, batch: { x: Floats; d: Floats }, options: UpdateOptions) => void;
  /** average <- average + share (layer - average) */
  readonly averageLayer: (average: LayerFloats, layer: LayerFloats, options: { I: number; O: number; share: number }) => void;
  /**
   * Calls `work`, which calls kernels only, and returns what it returns. The kernels may do nothing before `work` has returned, and then all at once: until then their
   * arrays, and the numbers of a loss, must not be looked at. One call for a whole mini-batch is what small layers gain from.
   * @param meanwhile is called while helping threads are at it, where there are any; it calls no kernels and leaves alone what they work on
   */
  readonly together: <R>(work: () => R, meanwhile?: () => void) => R;
  /** Lets helping threads go. Nothing may be called after it. */
  readonly end: () => void;
}

/** What kernels are made for: they take the memory for it at once. */
export interface KernelNeed {
  readonly sizes: readonly number[];
  /** Most examples at a time. */
  readonly B: number;
  /** With velocities and errors. */
  readonly training: boolean;
  /** Where `distortImages` is called: the images' side, and whether with noise. */
  readonly distortion?: { readonly side: number; readonly noise: boolean } | undefined;
  /** Further copies of the layers: Adam's squares, an average. */
  readonly copies?: number | undefined;
}

export type CreateKernels = (need: KernelNeed) => Kernels;

export type Floats = Float32Array | Float64Array;

/** Weights I x O and biases O of a layer, or their velocities. */
export interface LayerFloats {
  readonly w: Floats;
  readonly b: Floats;
}

/** f of a layer: `linear` for the last one, whose outputs go into the softmax. */
export type Nonlinearity = "relu" | "tanh" | "logistic" | "linear";

export interface LayerShape {
  readonly B: number;
  readonly I: number;
  readonly O: number;
}

export interface LayerOptions extends LayerShape {
  readonly f: Nonlinearity;
}

export interface BackwardOptions extends LayerShape {
  /** B x I: what the layer below gave out, f applied. */
  readonly x: Floats;
  /** f of the layer below. */
  readonly f: Nonlinearity;
}

export interface UpdateOptions extends LayerShape, UpdateRule {
  /** Examples that the mean gradient is of, where more than the B that are there: the others' gradients are zero. */
  readonly N?: number;
  /** Adam's second moments, changed with the velocities. */
  readonly squares?: LayerFloats | undefined;
}

/** How gradients move weights: formulas in `move-weights.reference.ts`. What is left out is off. */
export interface UpdateRule {
  /** Learning rate, for the mean gradient of the batch. */
  readonly rate: number;
  /** In [0, 1); Adam's beta1. */
  readonly momentum: number;
  readonly nesterov?: boolean | undefined;
  readonly adam?: AdamNumbers | undefined;
  /** Of weights, not of biases: a step takes rate x decay of each. */
  readonly weightDecay?: number | undefined;
  /** The largest length of the weights that enter a unit. */
  readonly maxNorm?: number | null | undefined;
}

export interface AdamNumbers {
  readonly beta2: number;
  readonly epsilon: number;
  /** 1 - beta1^t and 1 - beta2^t in step t, from 1. */
  readonly correction1: number;
  readonly correction2: number;
}

export interface LossOptions {
  readonly B: number;
  readonly C: number;
  /** Part of the target that is spread over all classes: y[c] = (1 - smoothing) [c = label] + smoothing / C. 0 where it is left out. */
  readonly smoothing?: number;
}

export interface DropoutOptions {
  readonly B: number;
  readonly I: number;
  /** Part that is dropped, in [0, 1). */
  readonly rate: number;
  /** Which values are dropped follows from it and their place b I + i. */
  readonly seed: number;
}

export interface DistortOptions {
  readonly B: number;
  /** At most NOISE_SIDE. */
  readonly side: number;
  /** B x MOTION_LENGTH: where each image's pixels come from. */
  readonly motions: Floats;
  /** NOISE_SIDE x NOISE_SIDE, for displacements beside the affine motion, NOISE_UNIT being 1; null: none. */
  readonly noise: Int16Array | null;
}

/** startX, startY, xx, xy, yx, yy, elastic (px for a noise of 1/NOISE_UNIT), windowX, windowY of distort-images.reference.ts. */
export const MOTION_LENGTH = 9;

/** Side of the square of noise that displacements are windows of. */
export const NOISE_SIDE = 512;
/** Noise is kept in 16 bits: half the memory to pass through the caches, where distortion waits for it. Up to 8, in steps of 0.00024. */
export const NOISE_UNIT = 4096;

export interface BatchLoss {
  /** Sum over the batch, in nats. */
  readonly loss: number;
  /** How many of the batch were read wrong. */
  readonly errors: number;
}

/**
 * Velocities below this become zero. Those of inputs that are hardly ever lit decay by `momentum` a step and would end as denormal
 * numbers, which are some hundred times slower to compute with; a weight is never changed by so little.
 */
export const VELOCITY_FLOOR = 1e-30;
