import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import type { Floats, Kernels, Nonlinearity, UpdateRule } from "../../../lib/mlp/kernels/kernels.ts";
import { referenceKernels } from "../../../lib/mlp/kernels/reference-kernels.ts";
import { createSimdKernels } from "../../../lib/mlp/kernels/simd/create-simd-kernels.ts";
import { chooseRounding, hasRelaxedSimd } from "../../../lib/mlp/kernels/simd/kernel-module.ts";
import { sparseKernels } from "../../../lib/mlp/kernels/sparse-kernels.ts";
import { prepareKernels } from "../../../lib/server/threads/prepare-kernels.ts";
import { simdOnPlainArrays } from "../../support/simd-on-plain-arrays.ts";

/** Sizes around the widths kernels work in: 1, odd, just below and above 4, 8, 16, 32. */
const SHAPES = [
  [1, 1, 1],
  [1, 7, 10],
  [3, 5, 2],
  [2, 9, 7],
  [4, 16, 8],
  [5, 17, 9],
  [7, 31, 15],
  [8, 33, 17],
  [64, 40, 10],
  [13, 50, 33],
  [6, 48, 24],
  [3, 23, 47],
  [9, 73, 62],
  [17, 130, 100],
  [5, 300, 41],
  [3, 40, 530],
  [6, 515, 261],
] as const;
const FUNCTIONS: Nonlinearity[] = ["relu", "tanh", "logistic", "linear"];

/** Random values in both precisions; `density` of them not zero. */
function fill(rng: Rng, length: number, density = 1): { f32: Floats; f64: Floats } {
  const f32 = Float32Array.from({ length }, () => (rng.float() < density ? rng.normal() : 0));
  return { f32, f64: Float64Array.from(f32) };
}

function expectClose(actual: Floats, expected: Floats, tolerance = 3e-5): void {
  let worst = 0;
  for (let k = 0; k < expected.length; k++) worst = Math.max(worst, Math.abs(actual[k]! - expected[k]!) / (1 + Math.abs(expected[k]!)));
  expect(worst).toBeLessThan(tolerance);
}

/** Every way a weight is moved, alone and with others; t is the step. */
const SGD = { rate: 0.1, momentum: 0.9 };
const adam = (t: number) => ({
  rate: 0.01,
  momentum: 0.9,
  adam: { beta2: 0.99, epsilon: 1e-8, correction1: 1 - 0.9 ** t, correction2: 1 - 0.99 ** t },
});
const RULES: { name: string; rule: (t: number) => UpdateRule }[] = [
  { name: "Nesterov", rule: () => ({ ...SGD, nesterov: true }) },
  { name: "decay", rule: () => ({ ...SGD, weightDecay: 0.05 }) },
  { name: "Nesterov and decay", rule: () => ({ ...SGD, nesterov: true, weightDecay: 0.05 }) },
  { name: "Adam", rule: adam },
  { name: "Adam and decay", rule: (t) => ({ ...adam(t), weightDecay: 0.05 }) },
  { name: "max-norm", rule: () => ({ ...SGD, maxNorm: 1.5 }) },
  { name: "Adam, decay and max-norm", rule: (t) => ({ ...adam(t), weightDecay: 0.05, maxNorm: 0.8 }) },
];

const plain: Kernels = referenceKernels;
prepareKernels();
const FAST: [string, Kernels][] = [
  ["TypeScript", sparseKernels],
  ["fused WebAssembly", simdOnPlainArrays("fused")],
];
/** The other WebAssembly kernels differ from the fused ones in how they form these products. */
const PRODUCTS: [string, Kernels][] = [...FAST, ["WebAssembly", simdOnPlainArrays("separate")]];
const over = (all: [string, Kernels][]) => all.flatMap(([name, fast]) => SHAPES.map(([B, I, O]) => ({ name, fast, B, I, O })));

describe.each(over(PRODUCTS))("$name kernels form the products the plain ones form: B $B, I $I, O $O", ({ fast, B, I, O }) => {
  const rng = new Rng(B * 10_000 + I * 100 + O);

  it.each([0, 0.05, 0.5, 1])("forwardLayer, density %f", (density) => {
    for (const f of FUNCTIONS) {
      const x = fill(rng, B * I, density);
      const w = fill(rng, I * O);
      const b = fill(rng, O);
      const a = { f32: fast.allocate(B * O), f64: plain.allocate(B * O) };
      fast.forwardLayer(a.f32, x.f32, { w: w.f32, b: b.f32 }, { B, I, O, f });
      plain.forwardLayer(a.f64, x.f64, { w: w.f64, b: b.f64 }, { B, I, O, f });
      expectClose(a.f32, a.f64);
    }
  });

  it("backwardLayer", () => {
    for (const f of FUNCTIONS) {
      const x = fill(rng, B * I, 0.4);
      const d = fill(rng, B * O);
      const layer = { w: fill(rng, I * O), b: fill(rng, O) };
      const dx = { f32: fast.allocate(B * I), f64: plain.allocate(B * I) };
      fast.backwardLayer(dx.f32, d.f32, { w: layer.w.f32, b: layer.b.f32 }, { B, I, O, x: x.f32, f });
      plain.backwardLayer(dx.f64, d.f64, { w: layer.w.f64, b: layer.b.f64 }, { B, I, O, x: x.f64, f });
      expectClose(dx.f32, dx.f64);
    }
  });

  it.each([0, 0.05, 0.5, 1])("updateLayer, two steps, density %f", (density) => {
    const layer = { w: fill(rng, I * O), b: fill(rng, O) };
    const velocity = { w: fill(rng, I * O, 0.5), b: fill(rng, O) };
    for (let step = 0; step < 2; step++) {
      const x = fill(rng, B * I, density);
      const d = fill(rng, B * O);
      const options = { B, I, O, rate: 0.1, momentum: 0.9 };
      fast.updateLayer({ w: layer.w.f32, b: layer.b.f32 }, { w: velocity.w.f32, b: velocity.b.f32 }, { x: x.f32, d: d.f32 }, options);
      plain.updateLayer({ w: layer.w.f64, b: layer.b.f64 }, { w: velocity.w.f64, b: velocity.b.f64 }, { x: x.f64, d: d.f64 }, options);
    }
    expectClose(layer.w.f32, layer.w.f64);
    expectClose(layer.b.f32, layer.b.f64);
    expectClose(velocity.w.f32, velocity.w.f64);
    expectClose(velocity.b.f32, velocity.b.f64);
  });
});

describe.each(over(FAST))("$name kernels give what the plain ones give: B $B, I $I, O $O", ({ fast, B, I, O }) => {
  const rng = new Rng(B * 10_000 + I * 100 + O + 1);

  it.each(RULES)("updateLayer, three steps with $name", ({ rule }) => {
    const layer = { w: fill(rng, I * O), b: fill(rng, O) };
    const velocity = { w: fill(rng, I * O, 0.5), b: fill(rng, O) };
    // Away from 0, where a quotient of two small numbers says little: that Adam starts well is NumPy's to check.
    const squares = { w: fill(rng, I * O), b: fill(rng, O) };
    for (const array of [squares.w.f32, squares.w.f64, squares.b.f32, squares.b.f64]) {
      for (let k = 0; k < array.length; k++) array[k] = array[k]! * array[k]! + 0.125;
    }
    const pick = (of: typeof layer, precision: "f32" | "f64") => ({ w: of.w[precision], b: of.b[precision] });
    for (let t = 1; t <= 3; t++) {
      const x = fill(rng, B * I, 0.3);
      const d = fill(rng, B * O);
      const options = { B, I, O, ...rule(t) };
      for (const [kernels, p] of [
        [fast, "f32"],
        [plain, "f64"],
      ] as const) {
        const more = { ...options, squares: options.adam && pick(squares, p) };
        kernels.updateLayer(pick(layer, p), pick(velocity, p), { x: x[p], d: d[p] }, more);
      }
    }
    for (const { w, b } of [layer, velocity, squares]) {
      expectClose(w.f32, w.f64);
      expectClose(b.f32, b.f64);
    }
  });

  it.each([0.1, 0.5])("dropOut and dropOutErrors drop the same values, rate %f", (rate) => {
    for (const f of FUNCTIONS) {
      const x = fill(rng, B * I, 0.7);
      const dx = fill(rng, B * I);
      const options = { B, I, rate, seed: 0xdead_beef + I };
      fast.dropOut(x.f32, options);
      plain.dropOut(x.f64, options);
      expect(Array.from(x.f32, (v) => v === 0)).toEqual(Array.from(x.f64, (v) => v === 0));
      fast.dropOutErrors(dx.f32, x.f32, { ...options, f });
      plain.dropOutErrors(dx.f64, x.f64, { ...options, f });
      expectClose(x.f32, x.f64);
      expectClose(dx.f32, dx.f64);
    }
  });

  it("averageLayer", () => {
    const average = { w: fill(rng, I * O), b: fill(rng, O) };
    const layer = { w: fill(rng, I * O), b: fill(rng, O) };
    fast.averageLayer({ w: average.w.f32, b: average.b.f32 }, { w: layer.w.f32, b: layer.b.f32 }, { I, O, share: 0.3 });
    plain.averageLayer({ w: average.w.f64, b: average.b.f64 }, { w: layer.w.f64, b: layer.b.f64 }, { I, O, share: 0.3 });
    expectClose(average.w.f32, average.w.f64);
    expectClose(average.b.f32, average.b.f64);
  });

  it.each(["softmaxCrossEntropy", "softmaxSquaredError"] as const)("%s with smoothed labels", (loss) => {
    const z = fill(rng, B * O);
    const labels = Uint8Array.from({ length: B }, () => rng.int(O));
    const d = { f32: fast.allocate(B * O), f64: plain.allocate(B * O) };
    for (const smoothing of [0, 0.1]) {
      const a = fast[loss](d.f32, z.f32, labels, { B, C: O, smoothing });
      const b = plain[loss](d.f64, z.f64, labels, { B, C: O, smoothing });
      expect(a.errors).toBe(b.errors);
      expect(a.loss).toBeCloseTo(b.loss, 3);
      expectClose(d.f32, d.f64);
    }
  });

  it("softmaxCrossEntropy and softmax", () => {
    const z = fill(rng, B * O);
    const labels = Uint8Array.from({ length: B }, () => rng.int(O));
    const d = { f32: fast.allocate(B * O), f64: plain.allocate(B * O) };
    const a = fast.softmaxCrossEntropy(d.f32, z.f32, labels, { B, C: O });
    const b = plain.softmaxCrossEntropy(d.f64, z.f64, labels, { B, C: O });
    expect(a.errors).toBe(b.errors);
    expect(a.loss).toBeCloseTo(b.loss, 3);
    expectClose(d.f32, d.f64);
    const p = { f32: fast.allocate(B * O), f64: plain.allocate(B * O) };
    fast.softmax(p.f32, z.f32, { B, C: O });
    plain.softmax(p.f64, z.f64, { B, C: O });
    expectClose(p.f32, p.f64);
  });
});

describe("fused and other WebAssembly kernels", () => {
  it("round a product's sum once, and twice", () => {
    // (1 + 2^-12)^2 = 1 + 2^-11 + 2^-24, of which float32 has no room for the last.
    const near = 1 + 2 ** -12;
    const layer = { w: Float32Array.of(near), b: Float32Array.of(-(1 + 2 ** -11)) };
    const left = (["fused", "separate"] as const).map((rounding) => {
      const a = new Float32Array(1);
      simdOnPlainArrays(rounding).forwardLayer(a, Float32Array.of(near), layer, { B: 1, I: 1, O: 1, f: "linear" });
      return a[0];
    });
    expect(left).toEqual([2 ** -24, 0]);
  });

  it("are chosen once for a process: the fused where there are any", () => {
    expect(chooseRounding()).toBe("fused");
    expect(createSimdKernels({ sizes: [1, 1], B: 1, training: false }).rounding).toBe("fused");
  });

  it("leave V8 as it was for whoever compiles after them", () => {
    // What relaxed SIMD is without a flag differs by version: another process tells.
    const code = "const { hasRelaxedSimd } = await import(process.argv[1]); console.log(hasRelaxedSimd())";
    const path = join(import.meta.dirname, "../../../lib/mlp/kernels/simd/kernel-module.ts");
    const untouched = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code, path], { encoding: "utf8" });
    expect(untouched.stdout.trim()).toBe(String(hasRelaxedSimd()));
  });
});

describe.each(PRODUCTS)("%s kernels at the edges", (_, fast) => {
  it("work on the first B examples only", () => {
    const a = Float32Array.of(0, 0, 7, 7);
    fast.forwardLayer(a, Float32Array.of(1, 9), { w: Float32Array.of(2, 3), b: Float32Array.of(0, 0) }, { B: 1, I: 1, O: 2, f: "relu" });
    expect([...a]).toEqual([2, 3, 7, 7]);
  });

  it("let tiny velocities of dark inputs die instead of becoming denormal", () => {
    const layer = { w: Float32Array.of(1), b: Float32Array.of(0) };
    const velocity = { w: Float32Array.of(1e-20), b: Float32Array.of(0) };
    const options = { B: 1, I: 1, O: 1, rate: 0.1, momentum: 0.9 };
    const batch = { x: Float32Array.of(0), d: Float32Array.of(1) };
    for (let step = 0; step < 300; step++) fast.updateLayer(layer, velocity, batch, options);
    expect(velocity.w[0]).toBe(0);
  });

  it("pass NaN on, so that divergence is noticed", () => {
    for (const kernels of [fast, referenceKernels]) {
      const a = kernels.allocate(2);
      const layer = { w: Float32Array.of(Number.NaN, 1), b: Float32Array.of(0, 0) };
      kernels.forwardLayer(a, Float32Array.of(1), layer, { B: 1, I: 1, O: 2, f: "relu" });
      expect(a[0]).toBeNaN();
      expect(kernels.softmaxCrossEntropy(kernels.allocate(2), a, Uint8Array.of(1), { B: 1, C: 2 }).loss).toBeNaN();
    }
  });

  it("softmax stands large inputs", () => {
    for (const kernels of [fast, referenceKernels]) {
      const d = kernels.allocate(2);
      const z = kernels.allocate(2);
      z.set([1000, -1000]);
      expect(kernels.softmaxCrossEntropy(d, z, Uint8Array.of(1), { B: 1, C: 2 }).loss).toBe(2000);
      expect(d[0]).toBeCloseTo(1, 6);
    }
  });
});
