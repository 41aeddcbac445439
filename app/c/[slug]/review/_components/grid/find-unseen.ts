/**
 * The first place from `from` on that was not seen yet, else the first one before it; null where all were. Pictures arrive 500 at a time, so what is not
 * seen yet may lie before what is.
 */
export function findUnseen(seen: ReadonlySet<number>, { from, total }: { readonly from: number; readonly total: number }): number | null {
  for (let i = from; i < total; i++) if (!seen.has(i)) return i;
  for (let i = 0; i < Math.min(from, total); i++) if (!seen.has(i)) return i;
  return null;
}
