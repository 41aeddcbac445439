import { assertArgument } from "../../core/assert.ts";
import type { Model, ModelHeader } from "../model.ts";
import { encodeContainer } from "./container.ts";
import { encodeNetwork } from "./network-bytes.ts";

/**
 * An .ink file; its weights as `meta.weights` says. Weights that are not numbers are never written. One network makes a file of format
 * version 1, which every Inkform reads; a committee one of version 2.
 * @throws InkformError
 */
export function encodeModel(model: Model): Uint8Array {
  const { classes, networks, meta } = model;
  const members = networks.map(({ sizes, activation }, m) => {
    assertArgument(sizes.at(-1) === classes.length, `The last layer has ${sizes.at(-1)} units for ${classes.length} classes.`);
    return { layers: [...sizes], activation, record: meta.records[m] ?? null };
  });
  const { normalization, weights } = meta;
  const single = members.length === 1;
  const header: ModelHeader = single
    ? { kind: "model", ...members[0]!, classes: [...classes], normalization, weights }
    : { kind: "model", members, classes: [...classes], normalization, weights };
  const parts = networks.map((network) => encodeNetwork(network, weights));
  return encodeContainer(header, concat(parts), single ? 1 : 2);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
