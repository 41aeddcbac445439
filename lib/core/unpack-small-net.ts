import type { SmallNet } from "./small-net.ts";

/**
 * A network from its weights as text (`scripts/support/pack-small-net.ts`).
 * @param base64 of: w1 as int8, inputs x hidden; then float32, little-endian: a scale for each hidden unit's column of w1, b1, w2, b2
 */
export function unpackSmallNet(base64: string, { inputs, hidden, outputs }: Pick<SmallNet, "inputs" | "hidden" | "outputs">): SmallNet {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const count = inputs * hidden;
  const view = new DataView(bytes.buffer, count);
  let at = 0;
  const floats = (n: number): Float32Array => Float32Array.from({ length: n }, () => view.getFloat32(4 * at++, true));
  const scales = floats(hidden);
  const w1 = Float32Array.from({ length: count }, (_, i) => ((bytes[i] << 24) >> 24) * scales[i % hidden]);
  return { inputs, hidden, outputs, w1, b1: floats(hidden), w2: floats(hidden * outputs), b2: floats(outputs) };
}
