import type { FusionSummary } from "../../../contracts/quality.ts";
import type { NamedFusionInput } from "../../../label/fusion/build-fusion-input.ts";
import { explainPosterior } from "../../../label/fusion/explain-posterior.ts";
import type { FusionResult } from "../../../label/fusion/fuse-labels.ts";
import type { CollectionGlyph } from "./read-evidence.ts";

const SHOWN = 3;
/** In a field that has slipped, what the glyph alone says is not what counts. */
const KEPT = 0.05;

/** The glyph of this collection whose estimate teaches most: the sources differ, and the second class is as near as it gets. Null where nobody differs. */
export function pickExample(glyphs: readonly CollectionGlyph[], input: NamedFusionInput, result: FusionResult): FusionSummary["example"] {
  const { classes: K, items, votes, fields } = input;
  const differs = new Uint8Array(items);
  const first = new Int16Array(items).fill(-1);
  const hear = (n: number, value: number): void => {
    if (first[n] < 0) first[n] = value;
    else if (first[n] !== value) differs[n] = 1;
  };
  for (const [v, n] of votes.item.entries()) hear(n, votes.value[v]);
  for (const [f, { prompt, items: placed }] of fields.entries())
    for (const [j, n] of placed.entries()) {
      if (n < 0) continue;
      hear(n, prompt[j]);
      if (result.slipped[f] > KEPT) first[n] = -2;
    }
  let best = { n: -1, second: 0 };
  for (let n = 0; n < items; n++) {
    if (differs[n] === 0 || first[n] === -2) continue;
    const [, second] = result.posterior.slice(n * K, n * K + K).sort((a, b) => b - a);
    if (second > best.second) best = { n, second };
  }
  if (best.n < 0) return null;
  const glyph = glyphs[input.itemOf.indexOf(best.n)];
  return { glyphId: glyph.id, pageId: glyph.pageId, ...explainPosterior(input, result, { n: best.n, shown: Math.min(SHOWN, K) }) };
}
