import { assertArgument } from "../core/assert.ts";
import { MAX_MEMBERS, type Model, type TrainingRecord } from "./model.ts";
import type { Network } from "./network.ts";
import type { Reshape } from "./reshape/reshapes.ts";
import type { Views } from "./views/views.ts";

export interface TrainedNetwork<N = Network> {
  readonly network: N;
  /** How it looks at images; "none" unless told. */
  readonly reshape?: Reshape | undefined;
  /** How often it does; "one" unless told. */
  readonly views?: Views | undefined;
  readonly record: TrainingRecord | null;
}

/**
 * A model of one network, or a committee of up to 25.
 * @throws InkformError `invalid-argument` where the networks' inputs or outputs differ, or do not fit the classes
 */
export function buildModel<N extends Pick<Network, "sizes">>(
  trained: readonly TrainedNetwork<N>[],
  options: { readonly classes: readonly string[]; readonly normalization: string; readonly weights?: "f32" | "f16" | undefined },
): Model<N> {
  const { classes, normalization, weights = "f32" } = options;
  assertArgument(
    trained.length >= 1 && trained.length <= MAX_MEMBERS,
    `A committee has 1 to ${MAX_MEMBERS} networks, not ${trained.length}. Leave some out.`,
  );
  const layers = trained[0]!.network.sizes;
  trained.forEach(({ network: { sizes } }, m) => {
    const which = trained.length === 1 ? "The network" : `Network ${m + 1} of the committee`;
    assertArgument(
      sizes[0] === layers[0],
      `${which} reads ${sizes[0]} pixels, but the first one ${layers[0]}: a committee looks at the same image.`,
    );
    assertArgument(sizes.at(-1) === classes.length, `${which}: its last layer has ${sizes.at(-1)} units for ${classes.length} classes.`);
  });
  const networks = trained.map(({ network }) => network);
  const reshapes = trained.map(({ reshape = "none" }) => reshape);
  const views = trained.map(({ views = "one" }) => views);
  return { classes, layers, networks, meta: { normalization, weights, reshapes, views, records: trained.map(({ record }) => record) } };
}
