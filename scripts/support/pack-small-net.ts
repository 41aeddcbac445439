import type { SmallNet } from "../../lib/core/small-net.ts";

/** A network's weights as text, the first layer's rounded to int8; `unpackSmallNet` reads it. */
export function packSmallNet({ inputs, hidden, w1, b1, w2, b2 }: Omit<SmallNet, "outputs">): string {
  const scales = new Float32Array(hidden);
  w1.forEach((weight, i) => {
    scales[i % hidden] = Math.max(scales[i % hidden]!, Math.abs(weight) / 127);
  });
  const small = Int8Array.from({ length: inputs * hidden }, (_, i) => Math.round(w1[i]! / (scales[i % hidden]! || 1)));
  const parts = [small, scales, b1, w2, b2].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  return Buffer.concat(parts).toString("base64");
}
