/**
 * tfjs with its wasm back end in `npm run bench -- mlp`; speaks the protocol of baseline.py. Run as: node baseline-tfjs.mjs FOLDER MNIST_DIR,
 * where FOLDER has tfjs in its node_modules. A mini-batch's images are float32 from the start (ours are bytes turned to floats batch by batch).
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";

const [, , packages, data] = process.argv;
const load = createRequire(join(packages, "package.json"));
const tf = load("@tensorflow/tfjs");
load("@tensorflow/tfjs-backend-wasm");

const RATE = 0.05;
const MOMENTUM = 0.9;
const CLASSES = 10;

function read(name, offset) {
  const path = join(data, name);
  return (existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`))).subarray(offset);
}

const X = Float32Array.from(read("train-images-idx3-ubyte", 16), (byte) => byte / 255);
const Y = read("train-labels-idx1-ubyte", 8);

function makeLayers(sizes) {
  return sizes.slice(1).map((O, l) => ({
    w: tf.variable(tf.randomNormal([sizes[l], O], 0, Math.sqrt(2 / sizes[l]), "float32", 1)),
    b: tf.variable(tf.zeros([O])),
    vw: tf.variable(tf.zeros([sizes[l], O]), false),
    vb: tf.variable(tf.zeros([O]), false),
  }));
}

/** The library's own gradients and optimizer. */
class Autograd {
  constructor(sizes) {
    this.layers = makeLayers(sizes);
    this.optimizer = tf.train.momentum(RATE, MOMENTUM);
    this.variables = this.layers.flatMap(({ w, b }) => [w, b]);
  }

  forward(x) {
    return this.layers.reduce((a, { w, b }, l) => {
      const z = tf.add(tf.matMul(a, w), b);
      return l + 1 < this.layers.length ? tf.relu(z) : z;
    }, x);
  }

  step(x, y) {
    this.optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, this.forward(x)), false, this.variables);
  }

  predict(x) {
    return tf.argMax(this.forward(x), 1);
  }
}

/** Forward, backward and update written out; bias and ReLU fused into the product. */
class ByHand extends Autograd {
  forward(x) {
    return this.activations(x).at(-1);
  }

  activations(x) {
    const all = [x];
    this.layers.forEach(({ w, b }, l) => {
      const activation = l + 1 < this.layers.length ? "relu" : "linear";
      all.push(tf.fused.matMul({ a: all[l], b: w, bias: b, activation }));
    });
    return all;
  }

  step(x, y) {
    const a = this.activations(x);
    let d = tf.mul(tf.sub(tf.softmax(a.at(-1)), y), 1 / x.shape[0]);
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const { w, b, vw, vb } = this.layers[l];
      const below = l > 0 ? tf.mul(tf.matMul(d, w, false, true), tf.cast(tf.greater(a[l], 0), "float32")) : null;
      vw.assign(tf.sub(tf.mul(vw, MOMENTUM), tf.mul(tf.matMul(a[l], d, true, false), RATE)));
      vb.assign(tf.sub(tf.mul(vb, MOMENTUM), tf.mul(tf.sum(d, 0), RATE)));
      w.assign(tf.add(w, vw));
      b.assign(tf.add(b, vb));
      d = below;
    }
  }
}

const oneHot = (labels) => tf.cast(tf.oneHot(tf.tensor1d(labels, "int32"), CLASSES), "float32");

const PROGRAMS = { tfjs: Autograd, "tfjs-by-hand": ByHand };
const kept = new Map();

/** @returns samples a second, by the clock and by processor time */
function burst({ program, task, sizes, batch, seconds, inputs }) {
  const key = `${program} ${sizes}`;
  if (!kept.has(key)) kept.set(key, new PROGRAMS[program](sizes));
  const net = kept.get(key);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let count = 0;
  let spent = 0;
  while (spent < seconds) {
    tf.tidy(() => {
      if (task === "predict") {
        net.predict(tf.tensor2d(X.subarray(0, inputs * 784), [inputs, 784])).dataSync();
        count += inputs;
      } else {
        const at = count % (Y.length - batch);
        const labels = oneHot(Y.subarray(at, at + batch));
        net.step(tf.tensor2d(X.subarray(at * 784, (at + batch) * 784), [batch, 784]), labels);
        count += batch;
      }
    });
    spent = (performance.now() - startedAt) / 1000;
  }
  const { user, system } = process.cpuUsage(before);
  return [count / spent, (count / (user + system)) * 1e6];
}

/** The loss must fall in 50 steps: a program that is fast and does not learn is none to compare with. */
function learns(program) {
  const net = new PROGRAMS[program]([784, 128, CLASSES]);
  const x = tf.tensor2d(X.subarray(0, 64 * 784), [64, 784]);
  const y = oneHot(Y.subarray(0, 64));
  const loss = () => tf.tidy(() => tf.losses.softmaxCrossEntropy(y, net.forward(x)).dataSync()[0]);
  const before = loss();
  for (let k = 0; k < 50; k++) tf.tidy(() => net.step(x, y));
  return loss() < before / 4;
}

if (!(await tf.setBackend("wasm"))) throw new Error("tfjs has no wasm back end here");
const versions = {};
const kinds = { tfjs: "autograd", "tfjs-by-hand": "hand-written loop" };
for (const [program, kind] of Object.entries(kinds)) {
  // In Node its back end has no threads (flags_wasm.ts).
  if (learns(program)) versions[program] = `tfjs ${tf.version.tfjs} wasm with SIMD (${kind}), 1 thread`;
}
console.log(JSON.stringify(versions));
for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(burst(JSON.parse(line))));
