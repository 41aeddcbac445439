import { placeNoise } from "../../lib/mlp/augment/place-noise.ts";
import type { BatchLoss, Floats, Kernels, LayerFloats, LossOptions } from "../../lib/mlp/kernels/kernels.ts";
import { plainStorage } from "../../lib/mlp/kernels/plain-storage.ts";
import { createSimdKernels } from "../../lib/mlp/kernels/simd/create-simd-kernels.ts";
import type { Rounding } from "../../lib/mlp/kernels/simd/kernel-module.ts";

/** The WebAssembly kernels on ordinary arrays: every call copies in, computes with new kernels, copies out. For comparing only. */
export function simdOnPlainArrays(rounding: Rounding): Kernels {
  const place = placeWith(rounding);
  const takeLoss = (
    name: "softmaxCrossEntropy" | "softmaxSquaredError",
    { d, z, labels }: { d: Floats; z: Floats; labels: Uint8Array },
    options: LossOptions,
  ): BatchLoss => {
    const { kernels, put } = place(options.B, [1, options.C]);
    const out = put(d);
    const own = kernels.allocateBytes(labels.length);
    own.set(labels);
    const result = kernels[name](out, put(z), own, options);
    d.set(out);
    return result;
  };
  return {
    ...plainStorage((length) => new Float32Array(length)),
    distortImages: (x, images, options) => {
      const { B, side, noise } = options;
      const distortion = { side, noise: noise !== null };
      const kernels = createSimdKernels({ sizes: [side * side], B, training: false, distortion }, { rounding });
      const put = putInto(kernels);
      const own = kernels.allocateBytes(B * side * side);
      own.set(images);
      const out = put(x);
      kernels.distortImages(out, own, { ...options, motions: put(options.motions), noise: noise && placeNoise(kernels, noise) });
      x.set(out);
    },
    forwardLayer: (a, x, layer, options) => {
      const { B, I, O } = options;
      const { kernels, put, putLayer } = place(B, [I, O]);
      const out = put(a);
      kernels.forwardLayer(out, put(x), putLayer(layer, I, O), options);
      a.set(out);
    },
    backwardLayer: (dx, d, layer, options) => {
      const { B, I, O, x } = options;
      const { kernels, put, putLayer } = place(B, [1, I, O]);
      const out = put(dx);
      kernels.backwardLayer(out, put(d), putLayer(layer, I, O), { ...options, x: put(x) });
      dx.set(out);
    },
    updateLayer: (layer, velocity, { x, d }, options) => {
      const { B, I, O, squares } = options;
      const { kernels, put, putLayer } = place(B, [I, O]);
      const own = { w: putLayer(layer, I, O), v: putLayer(velocity, I, O), q: squares && putLayer(squares, I, O) };
      kernels.updateLayer(own.w, own.v, { x: put(x), d: put(d) }, { ...options, squares: own.q });
      readLayer(kernels, layer, own.w);
      readLayer(kernels, velocity, own.v);
      if (squares && own.q) readLayer(kernels, squares, own.q);
    },
    averageLayer: (average, layer, options) => {
      const { I, O } = options;
      const { kernels, putLayer } = place(1, [I, O]);
      const own = putLayer(average, I, O);
      kernels.averageLayer(own, putLayer(layer, I, O), options);
      readLayer(kernels, average, own);
    },
    dropOut: (x, options) => {
      const { kernels, put } = place(options.B, [1, options.I]);
      const own = put(x);
      kernels.dropOut(own, options);
      x.set(own);
    },
    dropOutErrors: (dx, x, options) => {
      const { kernels, put } = place(options.B, [1, options.I]);
      const own = put(dx);
      kernels.dropOutErrors(own, put(x), options);
      dx.set(own);
    },
    softmaxCrossEntropy: (d, z, labels, options) => takeLoss("softmaxCrossEntropy", { d, z, labels }, options),
    softmaxSquaredError: (d, z, labels, options) => takeLoss("softmaxSquaredError", { d, z, labels }, options),
    softmax: (p, z, { B, C }) => {
      const { kernels, put } = place(B, [1, C]);
      const out = put(p);
      kernels.softmax(out, put(z), { B, C });
      p.set(out);
    },
  };
}

const placeWith = (rounding: Rounding) => (B: number, sizes: number[]) => {
  // Room enough also for arrays longer than the batch.
  const kernels = createSimdKernels({ sizes, B: 2 * B + 8, training: true, copies: 2 }, { rounding });
  const put = putInto(kernels);
  const putLayer = (layer: LayerFloats, I: number, O: number): LayerFloats => {
    const own = kernels.createLayer(I, O);
    kernels.writeLayer(own, layer, { I, O });
    return own;
  };
  return { kernels, put, putLayer };
};

function putInto(kernels: Kernels): (from: Floats) => Floats {
  return (from) => {
    const own = kernels.allocate(from.length);
    own.set(from);
    return own;
  };
}

function readLayer(kernels: Kernels, { w, b }: LayerFloats, own: LayerFloats): void {
  const [I, O] = [w.length / b.length, b.length];
  kernels.readRows(w, own, { I, O, first: 0 });
  kernels.readRows(b, own, { I, O, first: I });
}
