import { assertArgument } from "../../core/assert.ts";
import type { Model, ModelHeader } from "../model.ts";
import { encodeContainer } from "./container.ts";
import { encodeNetwork } from "./network-bytes.ts";
import { joinPieces } from "./pieces.ts";

/**
 * An .ink file; its weights as `meta.weights` says. Weights that are not numbers are never written. One network makes a file of format
 * version 1, which every Inkform reads; a committee one of version 2.
 * @throws InkformError
 */
export function encodeModel(model: Model): Uint8Array {
  const { classes, networks, meta } = model;
  networks.forEach(({ sizes }) => {
    assertArgument(sizes.at(-1) === classes.length, `The last layer has ${sizes.at(-1)} units for ${classes.length} classes.`);
  });
  const { normalization, weights } = meta;
  const members = networks.map(({ sizes, activation }, m) => ({ layers: [...sizes], activation, record: meta.records[m] ?? null }));
  const single = members.length === 1;
  const { layers, activation, record } = members[0]!;
  const common = { classes: [...classes], normalization, weights };
  const header: ModelHeader = single ? { kind: "model", layers, activation, ...common, record } : { kind: "model", ...common, members };
  const payloads = networks.map((network) => encodeNetwork(network, weights));
  return joinPieces(encodeContainer(header, payloads, single ? 1 : 2));
}
