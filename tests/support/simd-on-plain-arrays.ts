import { placeNoise } from "../../lib/mlp/augment/place-noise.ts";
import type { Floats, Kernels, LayerFloats } from "../../lib/mlp/kernels/kernels.ts";
import { plainStorage } from "../../lib/mlp/kernels/plain-storage.ts";
import { createSimdKernels } from "../../lib/mlp/kernels/simd/create-simd-kernels.ts";

/** The WebAssembly kernels on ordinary arrays: every call copies in, computes with new kernels, copies out. For comparing only. */
export const simdOnPlainArrays: Kernels = {
  ...plainStorage((length) => new Float32Array(length)),
  distortImages: (x, images, options) => {
    const { B, side, noise } = options;
    const distortion = { side, noise: noise !== null };
    const kernels = createSimdKernels({ sizes: [side * side], B, training: false, distortion });
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
    const { B, I, O } = options;
    const { kernels, put, putLayer } = place(B, [I, O]);
    const own = { w: putLayer(layer, I, O), v: putLayer(velocity, I, O) };
    kernels.updateLayer(own.w, own.v, { x: put(x), d: put(d) }, options);
    kernels.readLayer(layer, own.w, { I, O });
    kernels.readLayer(velocity, own.v, { I, O });
  },
  softmaxCrossEntropy: (d, z, labels, { B, C }) => {
    const { kernels, put } = place(B, [1, C]);
    const out = put(d);
    const own = kernels.allocateBytes(labels.length);
    own.set(labels);
    const result = kernels.softmaxCrossEntropy(out, put(z), own, { B, C });
    d.set(out);
    return result;
  },
  softmax: (p, z, { B, C }) => {
    const { kernels, put } = place(B, [1, C]);
    const out = put(p);
    kernels.softmax(out, put(z), { B, C });
    p.set(out);
  },
};

function place(B: number, sizes: number[]) {
  // Room enough also for arrays longer than the batch.
  const kernels = createSimdKernels({ sizes, B: 2 * B + 8, training: true });
  const put = putInto(kernels);
  const putLayer = (layer: LayerFloats, I: number, O: number): LayerFloats => {
    const own = kernels.createLayer(I, O);
    kernels.writeLayer(own, layer, { I, O });
    return own;
  };
  return { kernels, put, putLayer };
}

function putInto(kernels: Kernels): (from: Floats) => Floats {
  return (from) => {
    const own = kernels.allocate(from.length);
    own.set(from);
    return own;
  };
}
