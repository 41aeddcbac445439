import { useEffect, useRef, useState } from "react";
import type { CutRequest } from "../../../../../../../lib/contracts/cuts.ts";
import { type RecordLabels, recordedLabelsSchema } from "../../../../../../../lib/contracts/review.ts";
import { type PageView, pageViewSchema } from "../../../../../../../lib/contracts/scans.ts";
import { getJson, sendJson } from "../../../../../../_components/api-client.ts";
import { newUuid } from "../../../../review/_components/desk/new-uuid.ts";
import { getReviewer } from "../../../../review/_components/desk/reviewer-name.ts";
import type { PlacedGlyph } from "../page-glyphs.ts";
import { findCutToRedo, findCutToUndo } from "./cut-history.ts";
import { type CutShape, startBox, startLine } from "./cut-shape.ts";

type OutgoingLabel = RecordLabels["labels"][number];

/** Something done here, as it is taken back. */
type Step = { readonly kind: "label"; readonly label: OutgoingLabel } | { readonly kind: "cut"; readonly cutId: string };
/** Something taken back, as it is done again. */
type UndoneStep =
  | { readonly kind: "label"; readonly label: OutgoingLabel }
  | { readonly kind: "cut"; readonly cutId: string; readonly undoId: string };

interface GlyphEditOptions {
  readonly slug: string;
  readonly page: PageView | null;
  readonly glyphs: readonly PlacedGlyph[];
  readonly selected: number | null;
  readonly select: (index: number) => void;
  readonly replace: (page: PageView) => void;
}

/**
 * Editing a page's glyphs in place: labels, and how they are cut. The server is told one step after the other; a label moves on to the next glyph at once, a cut waits for
 * its answer, since that makes other glyphs.
 */
export function useGlyphEdit({ slug, page, glyphs, selected, select, replace }: GlyphEditOptions) {
  const [on, setOn] = useState(false);
  const [shape, setShape] = useState<CutShape | null>(null);
  const [waiting, setWaiting] = useState(0);
  const earlier = useRef<Promise<void>>(Promise.resolve());
  const [error, setError] = useState<unknown>(null);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [undone, setUndone] = useState<readonly UndoneStep[]>([]);
  const [wanted, setWanted] = useState<string | null>(null);
  const chosen = selected === null ? null : (glyphs[selected] ?? null);
  const pageId = page?.id ?? "";
  const busy = waiting > 0;

  // what a cut has made is selected once it is there
  useEffect(() => {
    const index = wanted === null ? -1 : glyphs.findIndex(({ glyph }) => glyph.id === wanted);
    if (index < 0) return;
    setWanted(null);
    select(index);
  }, [wanted, glyphs, select]);

  const selectGlyph = (id: string) => {
    const index = glyphs.findIndex(({ glyph }) => glyph.id === id);
    if (index >= 0) select(index);
  };

  const act = (work: () => Promise<void>) => {
    setWaiting((n) => n + 1);
    setError(null);
    earlier.current = earlier.current
      .then(work)
      .catch(setError)
      .finally(() => setWaiting((n) => n - 1));
  };
  const sendCut = async (cut: CutRequest): Promise<PageView> => {
    const body = { clientId: newUuid(), reviewer: getReviewer(), cut };
    const view = await sendJson(pageViewSchema, "POST", `/api/pages/${pageId}/cuts`, body);
    setShape(null);
    setWanted(view.cuts.at(-1)?.after[0] ?? null);
    replace(view);
    return view;
  };
  const did = (step: Step) => {
    setSteps((before) => [...before, step]);
    setUndone([]);
  };
  const cut = (request: CutRequest) =>
    act(async () => {
      const made = (await sendCut(request)).cuts.at(-1);
      if (made !== undefined) did({ kind: "cut", cutId: made.id });
    });
  const sendLabel = async (label: OutgoingLabel) => {
    const body = { reviewer: getReviewer(), labels: [label] };
    await sendJson(recordedLabelsSchema, "POST", `/api/collections/${slug}/labels`, body);
    replace(await getJson(pageViewSchema, `/api/pages/${pageId}`));
  };
  const label = (kind: "class" | "unusable", value: string | null) => {
    if (chosen === null || chosen.state === "blank") return;
    const { id: glyphId, decidedBy } = chosen.glyph;
    // somebody else's decision is seen here, so saying otherwise settles it
    const pass = decidedBy !== null && decidedBy !== getReviewer() ? "adjudication" : "first";
    const given: OutgoingLabel = { clientId: newUuid(), glyphId, kind, value, pass };
    act(async () => {
      try {
        await sendLabel(given);
      } catch (refusal) {
        selectGlyph(glyphId);
        throw refusal;
      }
      did({ kind: "label", label: given });
    });
    if (selected !== null && selected + 1 < glyphs.length) select(selected + 1);
  };

  // before anything is done here, what earlier visits cut can be taken back and done again
  const standing = findCutToUndo(page?.cuts ?? []);
  const last: Step | null = steps.at(-1) ?? (standing === null ? null : { kind: "cut", cutId: standing.id });
  const takenBack = steps.length > 0 ? null : findCutToRedo(page?.cuts ?? []);
  const again: UndoneStep | null = undone.at(-1) ?? (takenBack === null ? null : { kind: "cut", ...takenBack });
  const neighbour = chosen === null ? null : (glyphs[(selected ?? 0) + 1] ?? null);
  const next = neighbour !== null && neighbour.field === chosen?.field && neighbour.state !== "blank" ? neighbour : null;
  const mayCut = on && chosen !== null && !busy;

  return {
    on,
    busy,
    error,
    shape,
    setShape,
    chosen,
    mayJoin: mayCut && next !== null && chosen?.state !== "blank",
    mayUndo: on && last !== null && !busy,
    mayRedo: on && again !== null && !busy,
    toggle: () => {
      setOn(!on);
      setShape(null);
      setError(null);
      if (!on && selected === null && glyphs.length > 0) select(0);
    },
    /** Out of the shape that is being drawn, then out of editing. */
    leave: () => (shape === null ? setOn(false) : setShape(null)),
    closeError: () => setError(null),
    label: (value: string) => label("class", value),
    unusable: () => label("unusable", null),
    confirm: () => chosen !== null && chosen.glyph.label !== null && label("class", chosen.glyph.label),
    drawBox: () => mayCut && chosen !== null && setShape(startBox(chosen)),
    drawLine: () => mayCut && chosen !== null && chosen.state !== "blank" && setShape(startLine(chosen)),
    split: () => mayCut && chosen !== null && cut({ kind: "split", glyphId: chosen.glyph.id }),
    join: () => mayCut && chosen !== null && next !== null && cut({ kind: "join", glyphIds: [chosen.glyph.id, next.glyph.id] }),
    cutShape: () => {
      if (shape === null || chosen === null || busy) return;
      const { id: glyphId } = chosen.glyph;
      if (shape.kind === "box") cut({ kind: "recut", glyphId, box: [...shape.box] });
      else cut({ kind: "split", glyphId, line: [[...shape.line[0]], [...shape.line[1]]] });
    },
    undo: () => {
      if (last === null || busy) return;
      act(async () => {
        if (last.kind === "cut") {
          const undo = (await sendCut({ kind: "undo", cutId: last.cutId })).cuts.at(-1);
          if (undo !== undefined) setUndone((before) => [...before, { ...last, undoId: undo.id }]);
        } else {
          const { clientId, glyphId } = last.label;
          await sendLabel({ clientId: newUuid(), glyphId, kind: "retract", value: clientId });
          selectGlyph(glyphId);
          setUndone((before) => [...before, last]);
        }
        setSteps((before) => before.slice(0, -1));
      });
    },
    redo: () => {
      if (again === null || busy) return;
      act(async () => {
        if (again.kind === "cut") {
          await sendCut({ kind: "undo", cutId: again.undoId });
          setSteps((before) => [...before, { kind: "cut", cutId: again.cutId }]);
        } else {
          const label = { ...again.label, clientId: newUuid() };
          await sendLabel(label);
          selectGlyph(label.glyphId);
          setSteps((before) => [...before, { kind: "label", label }]);
        }
        setUndone((before) => before.slice(0, -1));
      });
    },
  };
}

export type GlyphEdit = ReturnType<typeof useGlyphEdit>;
