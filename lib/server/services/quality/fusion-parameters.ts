import { z } from "zod";
import type { NamedFusionInput } from "../../../label/fusion/build-fusion-input.ts";
import type { FusionParameters } from "../../../label/fusion/estimate-again.ts";
import type { FusionResult } from "../../../label/fusion/fuse-labels.ts";

const vectorSchema = z.array(z.number()).transform((values) => Float64Array.from(values));

/** Fusion.parameters: numbers with all their digits, so that what is computed from them is what the estimate found. */
export const fusionParametersSchema = z.object({
  names: z.array(z.string()),
  sources: z.array(z.object({ name: z.string(), group: z.string() })),
  classes: vectorSchema,
  confusions: z.array(vectorSchema),
  promptConfusion: vectorSchema,
  promptFrequency: vectorSchema,
  slipRate: z.number(),
}) satisfies z.ZodType<FusionParameters>;

/** The parameters of an estimate as `fusionParametersSchema` reads them. */
export function storeParameters({ names, sources }: NamedFusionInput, result: FusionResult): z.input<typeof fusionParametersSchema> {
  const { classes, confusions, promptConfusion, promptFrequency, slipRate } = result;
  return {
    names: [...names],
    sources: sources.map(({ name, group }) => ({ name, group })),
    classes: [...classes],
    confusions: confusions.map((matrix) => [...matrix]),
    promptConfusion: [...promptConfusion],
    promptFrequency: [...promptFrequency],
    slipRate,
  };
}
