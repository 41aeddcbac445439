import type { LayerShape, UpdateRule } from "../kernels.ts";

/** Words of the command, as in wasm/update-rule.ts. */
const KIND = 32;
const WEIGHTS = 36;
const BIASES = 48;

/**
 * Writes how gradients move weights into the command's words.
 * @param toSquares bytes from the velocities to Adam's second moments
 */
export function writeUpdateRule(
  { integers, floats }: { integers: Int32Array; floats: Float32Array },
  rule: LayerShape & UpdateRule & { readonly N?: number },
  toSquares: { readonly w: number; readonly b: number } | undefined,
): void {
  const { B, N = B, rate, momentum, nesterov = false, adam, weightDecay = 0 } = rule;
  if (!adam && !nesterov && weightDecay === 0) {
    integers[KIND] = 0;
    return;
  }
  integers[KIND] = adam ? 2 : 1;
  for (const [at, part, decay] of [
    [WEIGHTS, "w", weightDecay],
    [BIASES, "b", 0],
  ] as const) {
    floats[at + 2] = 1 - rate * decay;
    if (adam) {
      floats.set([1 - momentum, adam.beta2, 1 - adam.beta2, rate / adam.correction1, 1 / adam.correction2, adam.epsilon], at + 3);
      integers[at + 9] = toSquares![part];
    } else floats.set(nesterov ? [momentum, rate / N] : [1, 0], at + 3);
  }
}
