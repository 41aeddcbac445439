import type { z } from "zod";
import { assertArgument } from "../../core/assert.ts";
import type { Model, modelHeaderSchema } from "../model.ts";
import type { Network, WeightSource } from "../network.ts";
import { encodeContainer } from "./container.ts";
import { encodeWeights } from "./network-bytes.ts";
import type { Pieces } from "./pieces.ts";

/**
 * An .ink file; its weights as `meta.weights` says. Weights that are not numbers are never written. One network makes a file of format
 * version 1, which every Inkform reads; a committee one of version 2; one that reshapes its images, of version 3; one that looks at them several times, of version 4. It is formed as it is read.
 * @throws InkformError, of weights that are elsewhere when the pieces are read
 */
export function streamModel(model: Model<Network | WeightSource>): Pieces {
  const { classes, networks, meta } = model;
  networks.forEach(({ sizes }) => {
    assertArgument(sizes.at(-1) === classes.length, `The last layer has ${sizes.at(-1)} units for ${classes.length} classes.`);
  });
  const { normalization, weights, reshapes, views } = meta;
  const reshaping = reshapes.some((reshape) => reshape !== "none");
  const looking = views.some((look) => look !== "one");
  const members = networks.map(({ sizes, activation }, m) => ({
    layers: [...sizes],
    activation,
    ...(reshaping && { reshape: reshapes[m]! }),
    ...(looking && { views: views[m]! }),
    record: meta.records[m] ?? null,
  }));
  const single = members.length === 1;
  const { record, ...first } = members[0]!;
  const common = { classes: [...classes], normalization, weights };
  const header: z.input<typeof modelHeaderSchema> = single
    ? { kind: "model", ...first, ...common, record }
    : { kind: "model", ...common, members };
  const payloads = networks.map((network) => encodeWeights(network, weights));
  return encodeContainer(header, payloads, looking ? 4 : reshaping ? 3 : single ? 1 : 2);
}
