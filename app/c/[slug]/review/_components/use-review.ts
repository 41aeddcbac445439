import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type GlyphView, glyphPageSchema } from "../../../../../lib/contracts/review.ts";
import { isDecision } from "../../../../../lib/label/label-event.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { useNotices } from "../../../../_components/notices.client.tsx";
import { decide } from "./glyph-state.ts";
import { LabelOutbox, type OutgoingLabel, type SaveState } from "./label-outbox.ts";
import { newUuid } from "./new-uuid.ts";
import { formatFilter, type ReviewFilter } from "./review-filter.ts";
import { getReviewer } from "./reviewer-name.ts";

export interface Decision {
  readonly glyph: GlyphView;
  readonly kind: "class" | "unusable";
  readonly value: string | null;
}

/** What one key did: taken back and done again as a whole. */
interface Action {
  readonly decisions: readonly Decision[];
  readonly clientIds: readonly string[];
}

export interface Review {
  /** Null while the first part loads. */
  readonly glyphs: readonly GlyphView[] | null;
  /** All that the filter matched when it was loaded. */
  readonly total: number;
  readonly more: boolean;
  readonly error: unknown;
  readonly save: SaveState;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Moments (ms) of this visit's decisions, those taken back left out. */
  readonly moments: readonly number[];
  readonly record: (decisions: readonly Decision[]) => void;
  /** @returns the glyph that was changed, to go back to it; null where there is nothing */
  readonly undo: () => string | null;
  readonly redo: () => string | null;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

const SAVED: SaveState = { kind: "saved", waiting: 0 };

/** The queue of a collection and the labels given to it: shown at once, sent in order, acknowledged later. */
export function useReview(slug: string, filter: ReviewFilter): Review {
  const { showError } = useNotices();
  const query = formatFilter(filter).toString();
  const [list, setList] = useState<{ query: string; glyphs: readonly GlyphView[]; total: number; cursor: string | null } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const [history, setHistory] = useState<{ done: readonly Action[]; undone: readonly Action[] }>({ done: [], undone: [] });
  const [moments, setMoments] = useState<readonly number[]>([]);
  const loading = useRef(false);

  const merge = useCallback((changed: readonly GlyphView[]) => {
    const byId = new Map(changed.map((glyph) => [glyph.id, glyph]));
    setList((old) => (old === null ? old : { ...old, glyphs: old.glyphs.map((glyph) => byId.get(glyph.id) ?? glyph) }));
  }, []);

  const [outbox] = useState(
    () =>
      new LabelOutbox(slug, {
        onSaved: merge,
        onRefused: (_, refusal) => showError("One label was refused and is not kept", refusal),
      }),
  );
  useEffect(() => {
    outbox.start();
    return () => outbox.stop();
  }, [outbox]);
  const save = useSyncExternalStore(outbox.subscribe, outbox.snapshot, () => SAVED);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is a reason to load again
  useEffect(() => {
    const controller = new AbortController();
    setError(null);
    loading.current = true;
    getJson(glyphPageSchema, glyphsAddress(slug, query, null), controller.signal).then(
      (page) => {
        if (controller.signal.aborted) return;
        loading.current = false;
        setList({ query, glyphs: applyPending(page.glyphs, outbox.pending()), total: page.total, cursor: page.nextCursor });
      },
      (caught: unknown) => {
        if (controller.signal.aborted) return;
        loading.current = false;
        setError(caught);
      },
    );
    return () => controller.abort();
  }, [slug, query, attempt, outbox]);

  const current = list?.query === query ? list : null;
  const cursor = current?.cursor ?? null;
  const loadMore = useCallback(() => {
    if (cursor === null || loading.current) return;
    loading.current = true;
    getJson(glyphPageSchema, glyphsAddress(slug, query, cursor))
      .then(
        (page) =>
          setList((old) => {
            if (old?.query !== query || old.cursor !== cursor) return old;
            return { ...old, glyphs: [...old.glyphs, ...applyPending(page.glyphs, outbox.pending())], cursor: page.nextCursor };
          }),
        setError,
      )
      .finally(() => {
        loading.current = false;
      });
  }, [slug, query, cursor, outbox]);

  const apply = (decisions: readonly Decision[]): Action => {
    const clientIds = decisions.map(() => newUuid());
    merge(decisions.map(({ glyph, kind, value }) => decide(glyph, kind, value)));
    outbox.add(
      decisions.map(({ glyph, kind, value }, i) => ({ clientId: clientIds[i], glyphId: glyph.id, kind, value })),
      getReviewer(),
    );
    setMoments((old) => [...old, ...decisions.map(() => Date.now())]);
    return { decisions, clientIds };
  };

  const record = (decisions: readonly Decision[]) => {
    if (decisions.length === 0) return;
    const action = apply(decisions);
    setHistory(({ done }) => ({ done: [...done, action], undone: [] }));
  };

  const undo = () => {
    const action = history.done.at(-1);
    if (action === undefined) return null;
    merge(action.decisions.map(({ glyph }) => glyph));
    outbox.add(
      action.decisions.map(({ glyph }, i) => ({
        clientId: newUuid(),
        glyphId: glyph.id,
        kind: "retract" as const,
        value: action.clientIds[i],
      })),
      getReviewer(),
    );
    setMoments((old) => old.slice(0, Math.max(0, old.length - action.decisions.length)));
    setHistory(({ done, undone }) => ({ done: done.slice(0, -1), undone: [...undone, action] }));
    return action.decisions[0].glyph.id;
  };

  const redo = () => {
    const action = history.undone.at(-1);
    if (action === undefined) return null;
    const again = apply(action.decisions);
    setHistory(({ done, undone }) => ({ done: [...done, again], undone: undone.slice(0, -1) }));
    return action.decisions[0].glyph.id;
  };

  return {
    glyphs: current?.glyphs ?? null,
    total: current?.total ?? 0,
    more: cursor !== null,
    error,
    save,
    canUndo: history.done.length > 0,
    canRedo: history.undone.length > 0,
    moments,
    record,
    undo,
    redo,
    loadMore,
    reload: () => setAttempt((n) => n + 1),
  };
}

function glyphsAddress(slug: string, query: string, cursor: string | null): string {
  const params = new URLSearchParams(query);
  params.set("limit", params.has("page") ? "1000" : "300");
  if (cursor !== null) params.set("cursor", cursor);
  return `/api/collections/${slug}/glyphs?${params}`;
}

/** What is still on its way, perhaps since an earlier visit: the list was read before it arrived. */
function applyPending(glyphs: readonly GlyphView[], labels: readonly OutgoingLabel[]): readonly GlyphView[] {
  const last = new Map(labels.map((label) => [label.glyphId, label]));
  return glyphs.map((glyph) => {
    const label = last.get(glyph.id);
    return label === undefined || !isDecision(label) || glyph.reviewed ? glyph : decide(glyph, label.kind, label.value);
  });
}
