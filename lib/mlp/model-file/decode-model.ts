import { InkformError } from "../../core/inkform-error.ts";
import { type Model, modelHeaderSchema } from "../model.ts";
import { decodeContainer } from "./container.ts";
import { decodeNetwork } from "./network-bytes.ts";

/**
 * Reads an .ink model file, in a browser or in Node.
 * @param options.normalization the recipe that makes the images it is going to read; a model of another is refused
 * @throws InkformError `invalid-file` with a hint where it is something else, damaged, or of another version
 */
export function decodeModel(bytes: Uint8Array, options: { readonly normalization?: string } = {}): Model {
  const { header, payload } = decodeContainer(bytes);
  if (typeof header === "object" && header !== null && "kind" in header && header.kind === "checkpoint") {
    throw new InkformError(
      "invalid-file",
      "This is the checkpoint of a training, not a model: resume the training, or stop it to get its model.",
    );
  }
  const parsed = modelHeaderSchema.safeParse(header);
  if (!parsed.success) {
    throw new InkformError(
      "invalid-file",
      "The model file's header is not as this Inkform writes it. Train the model again.",
      parsed.error.issues,
    );
  }
  const { layers, activation, classes, normalization, weights, record } = parsed.data;
  if (layers.at(-1) !== classes.length) {
    throw new InkformError(
      "invalid-file",
      `The model file has ${layers.at(-1)} outputs but ${classes.length} classes. Train the model again.`,
    );
  }
  if (options.normalization !== undefined && normalization !== options.normalization) {
    throw new InkformError(
      "invalid-file",
      `The model was trained on images of the normalization "${normalization}"; glyphs are made by "${options.normalization}" here, and it would misread them. Train it again.`,
    );
  }
  const network = decodeNetwork(payload, { sizes: layers, activation, format: weights });
  return { classes, layers, network, meta: { normalization, weights, record } };
}
