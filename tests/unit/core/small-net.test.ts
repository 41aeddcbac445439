import { describe, expect, it } from "vitest";
import { Rng } from "../../../lib/core/rng.ts";
import { runSmallNet } from "../../../lib/core/small-net.ts";

/** softmax(relu(x w1 + b1) w2 + b2), written out. */
function byHand(x: number[], [w1, b1, w2, b2]: number[][], hidden: number): number[] {
  const h = b1!.map((bias, i) =>
    Math.max(
      0,
      x.reduce((sum, value, k) => sum + value * w1![k * hidden + i]!, bias),
    ),
  );
  const z = b2!.map((bias, o) => h.reduce((sum, value, i) => sum + value * w2![i * b2!.length + o]!, bias));
  const powers = z.map((value) => Math.exp(value));
  return powers.map((power) => power / powers.reduce((sum, value) => sum + value));
}

describe("runSmallNet", () => {
  it.each([1, 2, 3, 4, 5, 7, 8, 24])("is the formula, zeros passed over, with %i hidden units", (hidden) => {
    const rng = new Rng(hidden);
    const [inputs, outputs] = [11, 3];
    const draw = (n: number): number[] => Array.from({ length: n }, () => Math.fround(rng.between(-1, 1)));
    const arrays = [draw(inputs * hidden), draw(hidden), draw(hidden * outputs), draw(outputs)];
    const [w1, b1, w2, b2] = arrays.map((array) => Float32Array.from(array)) as [Float32Array, Float32Array, Float32Array, Float32Array];
    for (const share of [0, 0.3, 1]) {
      const x = draw(inputs).map((value) => (rng.float() < share ? value : 0));
      const got = runSmallNet({ inputs, hidden, outputs, w1, b1, w2, b2 }, Float32Array.from(x));
      byHand(x, arrays, hidden).forEach((want, o) => {
        expect(got[o]).toBeCloseTo(want, 5);
      });
    }
  });
});
