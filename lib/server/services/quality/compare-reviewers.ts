import type { FusionSummary } from "../../../contracts/quality.ts";
import { cohenKappa, fleissKappa } from "../../../label/agreement.ts";
import { agreementOnClasses } from "../../../label/agreement-on-classes.ts";
import type { NamedFusionInput } from "../../../label/fusion/build-fusion-input.ts";
import type { CollectionGlyph } from "./read-evidence.ts";

const WRITERS = 200;

/** How far people agree on the glyphs that two or more of them judged: pair by pair, all together, on each character and on each writer's glyphs. */
export function compareReviewers(
  glyphs: readonly CollectionGlyph[],
  { names, items, itemOf, classes: K, sources, votes }: NamedFusionInput,
): Pick<FusionSummary, "pairs" | "kappa" | "agreementByClass" | "agreementByWriter"> {
  const people = sources.map(({ group }) => !group.startsWith("model"));
  const byItem = Array.from({ length: items }, (): [source: number, value: number][] => []);
  for (const [v, n] of votes.item.entries()) if (people[votes.source[v]]) byItem[n].push([votes.source[v], votes.value[v]]);
  const writerOf = new Map<number, string>();
  for (const [g, { writer }] of glyphs.entries()) if (itemOf[g] >= 0) writerOf.set(itemOf[g], writer);

  const tables = new Map<string, { first: number; second: number; counts: Float64Array }>();
  const all: number[] = [];
  const byWriter = new Map<string, { rows: number[]; glyphs: number; agreed: number }>();
  for (const [n, own] of byItem.entries()) {
    if (own.length < 2) continue;
    own.sort(([a], [b]) => a - b);
    const row = new Array<number>(K).fill(0);
    for (const [i, [first, said]] of own.entries()) {
      row[said]++;
      for (const [second, other] of own.slice(i + 1)) {
        const key = `${first} ${second}`;
        const table = tables.get(key) ?? { first, second, counts: new Float64Array(K * K) };
        table.counts[said * K + other]++;
        tables.set(key, table);
      }
    }
    const writer = writerOf.get(n) ?? "";
    const written = byWriter.get(writer) ?? { rows: [], glyphs: 0, agreed: 0 };
    written.glyphs++;
    if (row.includes(own.length)) written.agreed++;
    for (const count of row) {
      all.push(count);
      written.rows.push(count);
    }
    byWriter.set(writer, written);
  }
  const pairs = [...tables.values()].map(({ first, second, counts }) => ({
    first: sources[first].name,
    second: sources[second].name,
    glyphs: counts.reduce((a, b) => a + b, 0),
    agreed: Array.from({ length: K }, (_, k) => counts[k * K + k]).reduce((a, b) => a + b, 0),
    kappa: cohenKappa(counts, K),
  }));
  return {
    pairs: pairs.sort((a, b) => b.glyphs - a.glyphs),
    kappa: fleissKappa(all, K),
    agreementByClass: agreementOnClasses(all, K)
      .map((own, k) => ({ label: names[k], ...own }))
      .filter(({ glyphs: judged }) => judged > 0)
      .sort(byDifferences),
    agreementByWriter: [...byWriter]
      .map(([writer, { rows, glyphs: judged, agreed }]) => ({ writer, glyphs: judged, agreed, kappa: fleissKappa(rows, K) }))
      .sort(byDifferences)
      .slice(0, WRITERS),
  };
}

/** The largest share of glyphs on which people differ first; of equal shares the one with more glyphs. */
function byDifferences(a: { glyphs: number; agreed: number }, b: { glyphs: number; agreed: number }): number {
  return a.agreed / a.glyphs - b.agreed / b.glyphs || b.glyphs - a.glyphs;
}
