import { useEffect, useState } from "react";
import type { CutRequest } from "../../../../../../../lib/contracts/cuts.ts";
import { type RecordLabels, recordedLabelsSchema } from "../../../../../../../lib/contracts/review.ts";
import { type PageView, pageViewSchema } from "../../../../../../../lib/contracts/scans.ts";
import { getJson, sendJson } from "../../../../../../_components/api-client.ts";
import { newUuid } from "../../../../review/_components/desk/new-uuid.ts";
import { getReviewer } from "../../../../review/_components/desk/reviewer-name.ts";
import type { PlacedGlyph } from "../page-glyphs.ts";
import { type CutShape, startBox, startLine } from "./cut-shape.ts";

/** Something done here, as it is taken back. */
type Step =
  | { readonly kind: "label"; readonly glyphId: string; readonly clientId: string }
  | { readonly kind: "cut"; readonly cutId: string };

type OutgoingLabel = RecordLabels["labels"][number];

interface GlyphEditOptions {
  readonly slug: string;
  readonly page: PageView | null;
  readonly glyphs: readonly PlacedGlyph[];
  readonly selected: number | null;
  readonly select: (index: number) => void;
  readonly replace: (page: PageView) => void;
}

/** Editing a page's glyphs in place: labels, and how they are cut. Each step is acknowledged by the server before the next one. */
export function useGlyphEdit({ slug, page, glyphs, selected, select, replace }: GlyphEditOptions) {
  const [on, setOn] = useState(false);
  const [shape, setShape] = useState<CutShape | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const [wanted, setWanted] = useState<string | null>(null);
  const chosen = selected === null ? null : (glyphs[selected] ?? null);
  const pageId = page?.id ?? "";

  // what a cut has made is selected once it is there
  useEffect(() => {
    const index = wanted === null ? -1 : glyphs.findIndex(({ glyph }) => glyph.id === wanted);
    if (index < 0) return;
    setWanted(null);
    select(index);
  }, [wanted, glyphs, select]);

  const act = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const sendCut = async (cut: CutRequest): Promise<PageView> => {
    const body = { clientId: newUuid(), reviewer: getReviewer(), cut };
    const view = await sendJson(pageViewSchema, "POST", `/api/pages/${pageId}/cuts`, body);
    setShape(null);
    setWanted(view.cuts.at(-1)?.after[0] ?? null);
    replace(view);
    return view;
  };
  const cut = (request: CutRequest) =>
    act(async () => {
      const view = await sendCut(request);
      const made = view.cuts.at(-1);
      if (made !== undefined) setSteps((before) => [...before, { kind: "cut", cutId: made.id }]);
    });
  const sendLabel = async (label: OutgoingLabel) => {
    const body = { reviewer: getReviewer(), labels: [label] };
    await sendJson(recordedLabelsSchema, "POST", `/api/collections/${slug}/labels`, body);
    replace(await getJson(pageViewSchema, `/api/pages/${pageId}`));
  };
  const label = (kind: "class" | "unusable", value: string | null) => {
    if (chosen === null || chosen.state === "blank") return;
    const { id: glyphId, decidedBy } = chosen.glyph;
    void act(async () => {
      const clientId = newUuid();
      // somebody else's decision is seen here, so saying otherwise settles it
      const pass = decidedBy !== null && decidedBy !== getReviewer() ? "adjudication" : "first";
      await sendLabel({ clientId, glyphId, kind, value, pass });
      setSteps((before) => [...before, { kind: "label", glyphId, clientId }]);
      if (selected !== null && selected + 1 < glyphs.length) select(selected + 1);
    });
  };

  const standing = page?.cuts.findLast(({ kind, undone }) => kind !== "undo" && !undone) ?? null;
  const last: Step | null = steps.at(-1) ?? (standing === null ? null : { kind: "cut", cutId: standing.id });
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
    split: () => mayCut && chosen !== null && void cut({ kind: "split", glyphId: chosen.glyph.id }),
    join: () => mayCut && chosen !== null && next !== null && void cut({ kind: "join", glyphIds: [chosen.glyph.id, next.glyph.id] }),
    cutShape: () => {
      if (shape === null || chosen === null) return;
      const { id: glyphId } = chosen.glyph;
      if (shape.kind === "box") void cut({ kind: "recut", glyphId, box: [...shape.box] });
      else void cut({ kind: "split", glyphId, line: [[...shape.line[0]], [...shape.line[1]]] });
    },
    undo: () => {
      if (last === null) return;
      void act(async () => {
        if (last.kind === "cut") await sendCut({ kind: "undo", cutId: last.cutId });
        else await sendLabel({ clientId: newUuid(), glyphId: last.glyphId, kind: "retract", value: last.clientId });
        setSteps((before) => before.slice(0, -1));
      });
    },
  };
}

export type GlyphEdit = ReturnType<typeof useGlyphEdit>;
