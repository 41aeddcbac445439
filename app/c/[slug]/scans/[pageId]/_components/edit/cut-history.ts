import type { CutView } from "../../../../../../../lib/contracts/cuts.ts";

/** The last cut that stands, to be taken back; null where there is none. @param cuts a page's, in the order done */
export function findCutToUndo(cuts: readonly CutView[]): CutView | null {
  return cuts.findLast(({ kind, undone }) => kind !== "undo" && !undone) ?? null;
}

/**
 * What took a cut back last, to be taken back itself, with that cut; null where nothing was taken back, or a cut was made since. Doing a cut again is an undo as
 * well, of an undo.
 */
export function findCutToRedo(cuts: readonly CutView[]): { readonly cutId: string; readonly undoId: string } | null {
  for (const { id, kind, undone, undoes } of cuts.toReversed()) {
    if (kind !== "undo") return null;
    if (undone || undoes === null) continue;
    if (cuts.find((cut) => cut.id === undoes)?.kind !== "undo") return { cutId: undoes, undoId: id };
  }
  return null;
}
