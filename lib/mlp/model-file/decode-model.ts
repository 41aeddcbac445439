import { InkformError } from "../../core/inkform-error.ts";
import { type Model, modelHeaderSchema } from "../model.ts";
import { decodeContainer } from "./container.ts";
import { countNetworkBytes, decodeNetwork } from "./network-bytes.ts";

/**
 * Reads an .ink model file, in a browser or in Node.
 * @param options.normalization the recipe that makes the images it is going to read; a model of another is refused
 * @throws InkformError `invalid-file` with a hint where it is something else, damaged, or of another version
 */
export function decodeModel(bytes: Uint8Array, options: { readonly normalization?: string } = {}): Model {
  const { header, payload } = decodeContainer(bytes);
  if (
    typeof header === "object" &&
    header !== null &&
    "kind" in header &&
    (header.kind === "checkpoint" || header.kind === "committee-checkpoint")
  ) {
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
  const { classes, normalization, weights } = parsed.data;
  const members = "members" in parsed.data ? parsed.data.members : [parsed.data];
  const inputs = members[0]!.layers[0];
  for (const { layers } of members) {
    if (layers.at(-1) !== classes.length) {
      throw new InkformError(
        "invalid-file",
        `The model file has ${layers.at(-1)} outputs but ${classes.length} classes. Train the model again.`,
      );
    }
    if (layers[0] !== inputs) {
      throw new InkformError(
        "invalid-file",
        `The model file's networks read images of ${inputs} and of ${layers[0]} pixels: they are no committee. Join models trained on the same images.`,
      );
    }
  }
  if (options.normalization !== undefined && normalization !== options.normalization) {
    throw new InkformError(
      "invalid-file",
      `The model was trained on images of the normalization "${normalization}"; glyphs are made by "${options.normalization}" here, and it would misread them. Train it again.`,
    );
  }
  let at = 0;
  const networks = members.map(({ layers, activation }, m) => {
    // The last takes all that is left: too many bytes are refused like too few.
    const end = m === members.length - 1 ? payload.length : at + countNetworkBytes(layers, weights);
    const bytes = payload.subarray(at, end);
    at = end;
    return decodeNetwork(bytes, { sizes: layers, activation, format: weights });
  });
  const reshapes = members.map(({ reshape }) => reshape);
  const views = members.map(({ views }) => views);
  const records = members.map(({ record }) => record);
  return { classes, layers: members[0]!.layers, networks, meta: { normalization, weights, reshapes, views, records } };
}
