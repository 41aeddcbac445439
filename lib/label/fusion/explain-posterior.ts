import { assertArgument } from "../../core/assert.ts";
import type { NamedFusionInput } from "./build-fusion-input.ts";
import type { FusionResult } from "./fuse-labels.ts";
import { groupVotes } from "./group-votes.ts";

/** How one glyph's probabilities come about: a row of factors for each thing that was said, over the classes that matter most. */
export interface PosteriorSteps {
  /** The likeliest first. */
  readonly classes: string[];
  /** pi: how frequent each class is. */
  readonly frequency: number[];
  /** theta(t, v) for each class t, to the power with which the source counts. */
  readonly votes: { source: string; said: string; factors: number[] }[];
  /** Frequency times all factors. */
  readonly product: number[];
  /** Of all classes together: what the product is divided by. */
  readonly sum: number;
  /** product / sum: the glyph alone. */
  readonly alone: number[];
  /** As estimated, with what the rest of its field says of a lost place. */
  readonly posterior: number[];
}

/**
 * Bayes' rule for one glyph with the numbers that the estimate ended with (HOW-IT-WORKS.md, "If the confusion matrices were known").
 * @param n the glyph's number as an item
 * @param shown how many classes
 * @throws InkformError `invalid-argument` where there is no such glyph
 */
export function explainPosterior(
  input: NamedFusionInput,
  result: FusionResult,
  { n, shown }: { n: number; shown: number },
): PosteriorSteps {
  const { names, classes: K, items, sources, fields } = input;
  assertArgument(n >= 0 && n < items, `There is no glyph ${n}: there are ${items}.`);
  const all = Array.from({ length: K }, (_, t) => t);
  const grouped = groupVotes(input);
  const said: { source: string; said: string; factors: number[] }[] = [];
  for (let v = grouped.start[n]; v < grouped.start[n + 1]; v++) {
    const matrix = result.confusions[grouped.source[v]];
    const factors = all.map((t) => matrix[t * K + grouped.value[v]] ** grouped.weight[v]);
    said.push({ source: sources[grouped.source[v]].name, said: names[grouped.value[v]], factors });
  }
  for (const { prompt, items: placed } of fields) {
    const place = placed.indexOf(n);
    if (place < 0) continue;
    said.push({ source: "prompt", said: names[prompt[place]], factors: all.map((t) => result.promptConfusion[t * K + prompt[place]]) });
  }
  const product = all.map((t) => said.reduce((value, { factors }) => value * factors[t], result.classes[t]));
  const sum = product.reduce((a, b) => a + b, 0);
  const posterior = result.posterior.subarray(n * K, n * K + K);
  const best = all.toSorted((a, b) => posterior[b] - posterior[a] || product[b] - product[a]).slice(0, shown);
  const pick = (values: ArrayLike<number>): number[] => best.map((t) => values[t]);
  return {
    classes: best.map((t) => names[t]),
    frequency: pick(result.classes),
    votes: said.map(({ factors, ...vote }) => ({ ...vote, factors: pick(factors) })),
    product: pick(product),
    sum,
    alone: pick(product.map((value) => value / sum)),
    posterior: pick(posterior),
  };
}
