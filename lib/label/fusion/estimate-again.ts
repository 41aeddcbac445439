import { buildFusionInput, type GlyphEvidence } from "./build-fusion-input.ts";
import { type FusionStart, fuseLabels } from "./fuse-labels.ts";
import type { FusionSource } from "./fusion-input.ts";

/** What an estimate ended with, and what its numbers stand for. */
export interface FusionParameters extends FusionStart {
  /** K: what each class is. */
  readonly names: readonly string[];
  readonly sources: readonly FusionSource[];
}

/**
 * The posteriors of some glyphs with the parameters that an estimate of all of them ended with: one E step (fuse-labels.ts), so the same figures to the last bit, where the same
 * was said. A field must be there as a whole, since a slip is summed over it.
 * @returns of each glyph P(class | all that was said), K long in the order of `names`; null of a blank one. What the estimate had not heard of counts for nothing
 */
export function estimateAgain(evidence: readonly GlyphEvidence[], parameters: FusionParameters): (Float64Array | null)[] {
  const K = parameters.names.length;
  const { names, sources, votes, fields, items, itemOf } = buildFusionInput(evidence);
  const classOf = names.map((name) => parameters.names.indexOf(name));
  const sourceOf = sources.map(({ name }) => parameters.sources.findIndex((source) => source.name === name));
  const known = [...votes.item.keys()].filter((v) => classOf[votes.value[v]] >= 0 && sourceOf[votes.source[v]] >= 0);
  const input = {
    items,
    classes: K,
    sources: parameters.sources,
    votes: {
      item: Int32Array.from(known, (v) => votes.item[v]),
      source: Uint16Array.from(known, (v) => sourceOf[votes.source[v]]),
      value: Uint8Array.from(known, (v) => classOf[votes.value[v]]),
    },
    fields: fields
      .filter(({ prompt }) => prompt.every((v) => classOf[v] >= 0))
      .map(({ prompt, items: placed }) => ({ prompt: prompt.map((v) => classOf[v]), items: placed })),
  };
  const { posterior } = fuseLabels(input, { start: parameters, maxRounds: 1 });
  return Array.from(itemOf, (n) => (n < 0 ? null : posterior.slice(n * K, n * K + K)));
}
