import { describe, expect, test } from "vitest";
import { findCutToRedo, findCutToUndo } from "../../../app/c/[slug]/scans/[pageId]/_components/edit/cut-history.ts";
import type { CutView } from "../../../lib/contracts/cuts.ts";

/** Cuts as a page's view has them: `a` a cut, `b-a` one that takes `a` back; those named in `undone` were taken back. */
function cuts(names: string, undone = ""): CutView[] {
  return names.split(" ").map((name): CutView => {
    const [id, undoes = null] = name.split("-");
    const kind = undoes === null ? "split" : "undo";
    return { id, kind, by: "ann", at: "2026-01-01T00:00:00Z", before: [], after: [], undone: undone.includes(id), undoes };
  });
}

describe("what can be taken back and done again of a page's cuts", () => {
  test.each([
    // a and b are done
    ["a b", "", "b", null],
    // b is taken back by c
    ["a b c-b", "b", "a", { cutId: "b", undoId: "c" }],
    // then a by d: a comes first again, then b
    ["a b c-b d-a", "ab", null, { cutId: "a", undoId: "d" }],
    ["a b c-b d-a e-d", "bd", "a", { cutId: "b", undoId: "c" }],
    // c was taken back by d: nothing is left to do again
    ["a b c-b d-c", "c", "b", null],
    // b done again is taken back once more
    ["a b c-b d-c e-b", "bc", "a", { cutId: "b", undoId: "e" }],
    // another cut since
    ["a b-a c", "a", "c", null],
  ])("%s, taken back: %s", (names, undone, undo, redo) => {
    expect(findCutToUndo(cuts(names, undone))?.id ?? null).toBe(undo);
    expect(findCutToRedo(cuts(names, undone))).toEqual(redo);
  });

  test("of none nothing", () => {
    expect([findCutToUndo([]), findCutToRedo([])]).toEqual([null, null]);
  });
});
