import type { FusionInput } from "./fusion-input.ts";

/** Votes sorted by glyph: those on glyph n are `start[n]` .. `start[n + 1] - 1`. */
export interface GroupedVotes {
  readonly start: Int32Array;
  readonly source: Uint16Array;
  readonly value: Uint8Array;
  /** 1 / (votes of the same group on the same glyph). */
  readonly weight: Float64Array;
}

export function groupVotes({ items, sources, votes }: FusionInput): GroupedVotes {
  const count = votes.item.length;
  const start = new Int32Array(items + 1);
  for (const n of votes.item) start[n + 1]++;
  for (let n = 0; n < items; n++) start[n + 1] += start[n];
  const next = start.slice(0, items);
  const source = new Uint16Array(count);
  const value = new Uint8Array(count);
  for (let v = 0; v < count; v++) {
    const at = next[votes.item[v]]++;
    source[at] = votes.source[v];
    value[at] = votes.value[v];
  }
  const names = new Map<string, number>();
  const groupOf = sources.map(({ group }) => {
    if (!names.has(group)) names.set(group, names.size);
    return names.get(group)!;
  });
  const weight = new Float64Array(count);
  for (let n = 0; n < items; n++) {
    for (let v = start[n]; v < start[n + 1]; v++) {
      let same = 0;
      for (let u = start[n]; u < start[n + 1]; u++) if (groupOf[source[u]] === groupOf[source[v]]) same++;
      weight[v] = 1 / same;
    }
  }
  return { start, source, value, weight };
}
