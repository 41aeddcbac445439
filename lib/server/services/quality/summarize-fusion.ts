import type { FusionSummary } from "../../../contracts/quality.ts";
import { type NamedFusionInput, UNUSABLE } from "../../../label/fusion/build-fusion-input.ts";
import type { FusionResult } from "../../../label/fusion/fuse-labels.ts";
import { compareReviewers } from "./compare-reviewers.ts";
import type { FusedGlyph } from "./fused-glyph.ts";
import { pickExample } from "./pick-example.ts";
import type { CollectionGlyph, CollectionPage } from "./read-evidence.ts";
import { type JudgedGlyph, tallyErrors } from "./tally-errors.ts";

const CONFUSIONS = 5;
const SLIPS = 100;

/** Each glyph's likeliest class. Blank ones are left out. */
export function listFused(
  glyphs: readonly CollectionGlyph[],
  { names, itemOf, classes: K }: NamedFusionInput,
  { posterior }: FusionResult,
): FusedGlyph[] {
  const indexOf = new Map(names.map((name, k) => [name, k]));
  return glyphs.flatMap(({ id, label, unusable }, g) => {
    const n = itemOf[g];
    if (n < 0) return [];
    const row = posterior.subarray(n * K, n * K + K);
    const best = row.indexOf(Math.max(...row));
    const counts = unusable ? K - 1 : label === null ? best : indexOf.get(label);
    // A label that nobody said is not there: what counts always comes from a prompt or a person.
    const doubt = counts === undefined ? 1 : 1 - row[counts];
    return [{ id, fusedLabel: names[best], fusedProbability: row[best], doubt: Math.min(1, Math.max(0, doubt)) }];
  });
}

/** The estimate in figures, for people. */
export function summarizeFusion(
  glyphs: readonly CollectionGlyph[],
  input: NamedFusionInput,
  { result, fused, pages }: { result: FusionResult; fused: readonly FusedGlyph[]; pages: ReadonlyMap<string, CollectionPage> },
): FusionSummary {
  const inked = glyphs.filter((_, g) => input.itemOf[g] >= 0);
  const labelled = inked.map(({ label, unusable }) => unusable || label !== null);
  const judged: JudgedGlyph[] = [];
  let expectedErrors = 0;
  let contradicted = 0;
  for (const [n, { fusedLabel, doubt }] of fused.entries()) {
    if (!labelled[n]) continue;
    const glyph = inked[n];
    judged.push({ glyph, fused: fused[n] });
    expectedErrors += doubt;
    if (fusedLabel !== (glyph.unusable ? UNUSABLE : glyph.label)) contradicted++;
  }
  return {
    glyphs: inked.length,
    labelled: labelled.filter(Boolean).length,
    expectedErrors,
    contradicted,
    rounds: result.objective.length,
    converged: result.converged,
    sources: summarizeSources(input, result),
    ...compareReviewers(glyphs, input),
    slips: listSlips(glyphs, input, result),
    slipRate: result.slipRate,
    ...tallyErrors(judged, pages),
    example: pickExample(glyphs, input, result),
  };
}

function summarizeSources(
  { names, classes: K, sources, votes, fields }: NamedFusionInput,
  { posterior }: FusionResult,
): FusionSummary["sources"] {
  // The prompts are the last.
  const expected = Array.from({ length: sources.length + 1 }, () => new Float64Array(K * K));
  const counts = new Int32Array(sources.length + 1);
  const add = (s: number, n: number, v: number): void => {
    counts[s]++;
    for (let t = 0; t < K; t++) expected[s][t * K + v] += posterior[n * K + t];
  };
  for (const [v, n] of votes.item.entries()) add(votes.source[v], n, votes.value[v]);
  for (const { prompt, items } of fields) for (const [j, n] of items.entries()) if (n >= 0) add(sources.length, n, prompt[j]);
  return [
    ...sources.map(({ name, group }) => ({ name, kind: group.startsWith("model") ? ("model" as const) : ("person" as const) })),
    { name: "prompt", kind: "prompt" as const },
  ]
    .map(({ name, kind }, s) => ({
      name,
      kind,
      votes: counts[s],
      accuracy: counts[s] === 0 ? 0 : names.reduce((sum, _, t) => sum + expected[s][t * K + t], 0) / counts[s],
      confusions: listConfusions(expected[s], names),
    }))
    .filter((source) => source.votes > 0);
}

function listConfusions(expected: Float64Array, names: readonly string[]): FusionSummary["sources"][number]["confusions"] {
  const K = names.length;
  const all = names.flatMap((truth, t) => {
    const row = expected.subarray(t * K, t * K + K);
    const sum = row.reduce((a, b) => a + b, 0);
    return names.map((said, v) => ({ truth, said, share: sum === 0 ? 0 : row[v] / sum, count: row[v] })).filter((_, v) => v !== t);
  });
  // Half a glyph at least: what is less is smoothing, not seen.
  return all
    .filter(({ count }) => count >= 0.5)
    .sort((a, b) => b.count - a.count)
    .slice(0, CONFUSIONS);
}

function listSlips(
  glyphs: readonly CollectionGlyph[],
  { fields, itemOf }: NamedFusionInput,
  { slipped }: FusionResult,
): FusionSummary["slips"] {
  const glyphOf = new Map<number, CollectionGlyph>();
  for (const [g, glyph] of glyphs.entries()) if (itemOf[g] >= 0) glyphOf.set(itemOf[g], glyph);
  return fields
    .flatMap(({ items }, f) => {
      const glyph = glyphOf.get(items.find((n) => n >= 0) ?? -1);
      return slipped[f] > 0.5 && glyph !== undefined ? [{ pageId: glyph.pageId, field: glyph.field, probability: slipped[f] }] : [];
    })
    .sort((a, b) => b.probability - a.probability)
    .slice(0, SLIPS);
}
