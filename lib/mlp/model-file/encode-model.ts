import { assertArgument } from "../../core/assert.ts";
import type { Model, ModelHeader } from "../model.ts";
import { encodeContainer } from "./container.ts";
import { encodeNetwork } from "./network-bytes.ts";

/**
 * An .ink file; its weights as `meta.weights` says. Weights that are not numbers are never written.
 * @throws InkformError
 */
export function encodeModel(model: Model): Uint8Array {
  const { classes, layers, network, meta } = model;
  assertArgument(layers.at(-1) === classes.length, `The last layer has ${layers.at(-1)} units for ${classes.length} classes.`);
  const header: ModelHeader = {
    kind: "model",
    layers: [...layers],
    activation: network.activation,
    classes: [...classes],
    normalization: meta.normalization,
    weights: meta.weights,
    record: meta.record,
  };
  return encodeContainer(header, encodeNetwork(network, meta.weights));
}
