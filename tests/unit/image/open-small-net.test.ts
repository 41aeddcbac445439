import { expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { runSmallNet, type SmallNet } from "../../../lib/core/small-net.ts";
import { openSmallNet } from "../../../lib/image/open-small-net.ts";

function drawNet(inputs: number, hidden: number, outputs: number): SmallNet {
  const rng = new Rng(inputs + hidden + outputs);
  const draw = (n: number, size: number): Float32Array => Float32Array.from({ length: n }, () => rng.between(-size, size));
  return {
    inputs,
    hidden,
    outputs,
    w1: draw(inputs * hidden, 0.2),
    b1: draw(hidden, 1),
    w2: draw(hidden * outputs, 1),
    b2: draw(outputs, 1),
  };
}

it.each([
  [1, 1, 1],
  [19, 24, 3],
  [784, 64, 38],
  [1568, 64, 12],
  [33, 65, 5],
])("runs a network of %i-%i-%i as the plain one does, and again, whatever share of its inputs is 0", (inputs, hidden, outputs) => {
  const net = drawNet(inputs, hidden, outputs);
  const run = openSmallNet(net);
  const rng = new Rng(7);
  for (const share of [0, 0.2, 1, 0.5]) {
    const x = Float32Array.from({ length: inputs }, () => (rng.float() < share ? rng.between(-1, 1) : 0));
    const [fast, plain] = [run(x), runSmallNet(net, x)];
    expect(fast).toHaveLength(outputs);
    plain.forEach((want, o) => {
      expect(Math.abs(fast[o] - want)).toBeLessThan(1e-5);
    });
  }
});

it("keeps networks apart, and what each returned", () => {
  const [a, b] = [drawNet(9, 40, 3), drawNet(9, 7, 3)];
  const [runA, runB] = [openSmallNet(a), openSmallNet(b)];
  const x = Float32Array.from({ length: 9 }, (_, k) => k / 9);
  const first = runA(x);
  const kept = first.slice();
  runB(x);
  runA(new Float32Array(9));
  expect(first).toEqual(kept);
  expect(runA(x)).toEqual(kept);
});
