"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type GlyphView, glyphDetailSchema } from "../../../../../lib/contracts/review.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { useCollections } from "../../../../_components/collections.client.tsx";
import { DemoButton } from "../../../../_components/demo-button.client.tsx";
import { EmptyState } from "../../../../_components/empty-state.tsx";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount, formatDuration } from "../../../../_components/format.ts";
import { IconArrowRight } from "../../../../_components/icons.tsx";
import { useKeys } from "../../../../_components/keys.client.tsx";
import { PageHeader } from "../../../../_components/page-header.tsx";
import { useGlyphImages } from "../../../../_components/use-glyph-images.ts";
import { GlyphGrid, groupGlyphs } from "./glyph-grid.client.tsx";
import { GlyphPanel } from "./glyph-panel.client.tsx";
import { findState } from "./glyph-state.ts";
import { Keypad } from "./keypad.client.tsx";
import { moveCursor } from "./move-cursor.ts";
import { addressOf, parseFilter, type ReviewFilter } from "./review-filter.ts";
import { ReviewFilters } from "./review-filters.client.tsx";
import classes from "./review-screen.module.css";
import { SaveStateText } from "./save-state.client.tsx";
import { type Review, useReview } from "./use-review.ts";
import { useReviewChoices } from "./use-review-choices.ts";

const NONE: readonly GlyphView[] = [];
/** Printable and not a space; `?` shows the keys. */
const CLASS_KEYS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((key) => key !== "?");

/** Review: is this what they wrote? Glyphs and keys, what disagrees first. */
export function ReviewScreen({ slug }: { slug: string }) {
  const params = useSearchParams();
  const wanted = params.get("glyph");
  const filter = useMemo(() => parseFilter(new URLSearchParams(params.toString())), [params]);
  const { current, reload: reloadCounts } = useCollections();
  const choices = useReviewChoices(slug);
  const review = useReview(slug, filter);
  const glyphs = review.glyphs ?? NONE;
  const { images, version, error: imagesError } = useGlyphImages(useMemo(() => glyphs.map((glyph) => glyph.id), [glyphs]));
  const groups = useMemo(() => groupGlyphs(glyphs, filter.order), [glyphs, filter.order]);
  const [cursor, setCursor] = useCursor(review, wanted, slug);
  const [columns, setColumns] = useState(1);
  const [hint, setHint] = useState("");
  const list = useRef<HTMLDivElement>(null);

  const glyph = glyphs[cursor] ?? null;
  const letters = useLetters(choices.letters, glyphs);
  const observed = useMemo(() => new Set(glyphs.flatMap((g) => [g.prompt, g.label]).filter((c) => c !== null)), [glyphs]);
  const agreeing = useMemo(() => glyphs.filter((g) => findState(g) === "agrees"), [glyphs]);
  const focusList = () => list.current?.focus({ preventScroll: true });
  const loaded = review.glyphs !== null;
  // after a click on a filter the keys are the grid's again
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is the trigger
  useEffect(() => {
    if (loaded && document.activeElement?.matches("a, body")) list.current?.focus({ preventScroll: true });
  }, [loaded, params]);
  const saved = review.save.kind === "saved";
  useEffect(() => {
    if (saved) void reloadCounts();
  }, [saved, reloadCounts]);

  const changeFilter = (next: ReviewFilter) => {
    // pushed without a round trip to the server; Next's useSearchParams follows the address
    window.history.pushState(null, "", addressOf(slug, next));
    focusList();
  };
  const goTo = (index: number) => {
    setHint("");
    setCursor(index);
    if (review.more && index > glyphs.length - 60) review.loadMore();
  };
  const move = (direction: "up" | "down" | "left" | "right") =>
    goTo(
      moveCursor(
        groups.map((g) => g.glyphs.length),
        columns,
        { from: cursor, direction },
      ),
    );
  const decide = (kind: "class" | "unusable", value: string | null) => {
    if (glyph === null) return;
    review.record([{ glyph, kind, value }]);
    goTo(Math.min(cursor + 1, glyphs.length - 1));
  };
  const confirm = () => {
    if (glyph === null) return;
    if (glyph.unusable) return decide("unusable", null);
    if (glyph.label === null) return setHint("This glyph has no label yet: press the key of its character.");
    decide("class", glyph.label);
  };
  const confirmAgreeing = () => {
    if (agreeing.length === 0) return setHint("Nothing here is open where prompt and model agree.");
    review.record(agreeing.map((g) => ({ glyph: g, kind: "class" as const, value: g.label })));
    setHint(`${formatCount(agreeing.length)} confirmed. Ctrl+Z takes them back.`);
    focusList();
  };
  const pressClass = (key: string) => {
    if (!letters && key.toLowerCase() === "x") return decide("unusable", null);
    const isClass = /[0-9]/.test(key) || observed.has(key) || (letters && /[A-Za-z]/.test(key));
    if (isClass) decide("class", key);
    else setHint(`No glyph here is asked to be "${key}": nothing was changed.`);
  };
  const goBackTo = (id: string | null, nothing: string) => {
    if (id === null) return setHint(nothing);
    const index = glyphs.findIndex((g) => g.id === id);
    if (index >= 0) goTo(index);
    focusList();
  };
  const undo = () => goBackTo(review.undo(), "Nothing to undo in this visit.");
  const redo = () => goBackTo(review.redo(), "Nothing to do again.");

  useKeys("Review", [
    {
      keys: CLASS_KEYS,
      shown: letters ? "0-9 a-z A-Z" : "0 - 9",
      does: "It is this character; on to the next",
      run: (event) => pressClass(event.key),
    },
    {
      keys: ["Delete", "Backspace"],
      shown: letters ? "Del" : "X",
      does: letters ? "Unusable: no character is right (X is a letter here)" : "Unusable: no character is right (also Del)",
      run: () => decide("unusable", null),
    },
    {
      keys: ["Enter", " "],
      shown: "Enter",
      does: "The label is right; on to the next (also Space)",
      run: (event) => (event.shiftKey && event.key === "Enter" ? confirmAgreeing() : confirm()),
    },
    { keys: ["Shift+Enter"], shown: "Shift+Enter", does: "Confirm all shown where prompt and model agree", run: confirmAgreeing },
    { keys: ["ArrowLeft"], does: "Glyph before", run: () => move("left") },
    { keys: ["ArrowRight"], does: "Next glyph", run: () => move("right") },
    { keys: ["ArrowUp"], does: "Glyph above", run: () => move("up") },
    { keys: ["ArrowDown"], does: "Glyph below", run: () => move("down") },
    { keys: ["Home"], does: "First glyph", run: () => goTo(0) },
    { keys: ["End"], does: "Last glyph shown", run: () => goTo(Math.max(0, glyphs.length - 1)) },
    // by Shift, not by the letter's case: Caps Lock turns that around
    { keys: ["Ctrl+z", "Ctrl+Z"], shown: "Ctrl+Z", does: "Take it back", run: (event) => (event.shiftKey ? redo() : undo()) },
    { keys: ["Ctrl+y", "Ctrl+Y"], shown: "Ctrl+Shift+Z", does: "Do it again (also Ctrl+Y)", run: redo },
  ]);

  const pick = useCallback((index: number) => setCursor(index), [setCursor]);
  return (
    <div className={classes.screen}>
      <PageHeader title="Review" lead={<Progress review={review} filter={filter} />}>
        <SaveStateText save={review.save} />
        <Button variant="default" size="xs" onClick={undo} disabled={!review.canUndo} visibleFrom="sm" data-testid="review-undo">
          Undo
        </Button>
        <Button variant="default" size="xs" onClick={redo} disabled={!review.canRedo} visibleFrom="sm" data-testid="review-redo">
          Redo
        </Button>
        <Button variant="default" size="xs" onClick={confirmAgreeing} disabled={agreeing.length === 0} data-testid="confirm-agreeing">
          Confirm {formatCount(agreeing.length)} that agree
        </Button>
      </PageHeader>
      <ReviewFilters slug={slug} filter={filter} counts={current?.counts ?? null} choices={choices} onChange={changeFilter} />
      {imagesError !== null && <ErrorNotice title="Some pictures could not be loaded" error={imagesError} onRetry={review.reload} />}
      {review.error !== null && <ErrorNotice title="The glyphs could not be loaded" error={review.error} onRetry={review.reload} />}
      <p className={classes.hint} aria-live="polite">
        {hint}
      </p>
      {review.glyphs === null ? (
        review.error === null && <p className="sr-only">Loading the glyphs</p>
      ) : glyphs.length === 0 ? (
        <NothingHere slug={slug} filter={filter} none={current !== null && current.counts.glyphs === 0} />
      ) : (
        <div className={classes.layout}>
          <GlyphGrid
            groups={groups}
            images={images}
            version={version}
            cursor={cursor}
            currentId={glyph?.id ?? null}
            listRef={list}
            more={review.more}
            onPick={pick}
            onColumns={setColumns}
            onNearEnd={review.loadMore}
          />
          {glyph !== null && <GlyphPanel slug={slug} glyph={glyph} bytes={images.get(glyph.id) ?? null} saved={saved} />}
          <Keypad
            letters={letters}
            label={glyph?.label ?? null}
            canUndo={review.canUndo}
            onClass={(value) => decide("class", value)}
            onConfirm={confirm}
            onUnusable={() => decide("unusable", null)}
            onUndo={undo}
          />
        </div>
      )}
    </div>
  );
}

/** The cursor: at the front of the queue, or at the glyph the address names. */
function useCursor(review: Review, wanted: string | null, slug: string): [number, (index: number) => void] {
  const [cursor, setCursor] = useState(0);
  const sought = useRef<string | null>(null);
  const { glyphs } = review;
  const loaded = glyphs !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another list arrives, not when a label changes it
  useEffect(() => {
    if (glyphs === null) return;
    const index = wanted === null ? -1 : glyphs.findIndex((glyph) => glyph.id === wanted);
    setCursor(Math.max(0, index));
    if (wanted === null || index >= 0 || sought.current === wanted) return;
    // not among those shown: show its whole page, once
    sought.current = wanted;
    getJson(glyphDetailSchema, `/api/glyphs/${encodeURIComponent(wanted)}`).then(
      ({ pageId }) =>
        window.history.replaceState(null, "", `/c/${slug}/review?state=all&page=${pageId}&glyph=${encodeURIComponent(wanted)}`),
      () => {},
    );
  }, [loaded, review.total, wanted, slug]);
  return [cursor, setCursor];
}

/** True once a letter is asked for anywhere; stays true, so that X does not change its meaning under the finger. */
function useLetters(known: boolean, glyphs: readonly GlyphView[]): boolean {
  const [seen, setSeen] = useState(false);
  const now = known || seen || glyphs.some((glyph) => /[A-Za-z]/.test(glyph.prompt ?? glyph.label ?? ""));
  if (now && !seen) setSeen(true);
  return now;
}

function Progress({ review, filter }: { review: Review; filter: ReviewFilter }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5000);
    return () => clearInterval(timer);
  }, []);
  if (review.glyphs === null) return <>&nbsp;</>;
  const queue = filter.state === "open" || filter.state === "disagree";
  const done = review.glyphs.reduce((sum, glyph) => sum + (glyph.reviewed ? 1 : 0), 0);
  const left = Math.max(0, review.total - done);
  const recent = review.moments.filter((at) => at > now - 180_000);
  const minutes = recent.length === 0 ? 0 : Math.max(5_000, Math.max(now, recent[recent.length - 1]) - recent[0]) / 60_000;
  const rate = recent.length < 2 ? null : recent.length / minutes;
  return (
    <span data-testid="review-progress">
      {queue ? `${formatCount(left)} left` : `${formatCount(review.total)} shown`}
      {rate !== null && ` · ${formatCount(Math.round(rate))} a minute`}
      {rate !== null && queue && left > 0 && ` · about ${formatDuration((left / rate) * 60)} to go`}
      {rate === null && queue && left > 0 && " · Enter if the label is right, or the key of what it is"}
    </span>
  );
}

function NothingHere({ slug, filter, none }: { slug: string; filter: ReviewFilter; none: boolean }) {
  if (none) {
    return (
      <EmptyState
        title="No glyphs yet"
        text="Every character cut from a scanned page comes here, with the prompt as its first label. Add scans of filled-in cards, or let the demo fill some in."
      >
        <Button component={Link} href={`/c/${slug}/scans`} size="md">
          Add scans
        </Button>
        <DemoButton variant="default">Show me with a demo</DemoButton>
      </EmptyState>
    );
  }
  if (filter.audit !== null) {
    return (
      <EmptyState title="The sample is checked" text="Every label of this audit has been looked at since it was drawn.">
        <Button component={Link} href={`/c/${slug}/quality`} size="md">
          What it shows
        </Button>
      </EmptyState>
    );
  }
  if (filter.order === "doubt") {
    return (
      <EmptyState title="Nothing estimated here" text="The order by doubt is of glyphs whose labels were estimated: Quality does that.">
        <Button component={Link} href={`/c/${slug}/quality`} size="md">
          To Quality
        </Button>
      </EmptyState>
    );
  }
  const narrowed = filter.label !== null || filter.page !== null || filter.writer !== null;
  if (narrowed) {
    return (
      <EmptyState title="No glyph fits" text="Nothing in this state has that label, page and writer.">
        <Button component={Link} href={addressOf(slug, { ...filter, label: null, page: null, writer: null })} size="md">
          Show those of all pages
        </Button>
      </EmptyState>
    );
  }
  if (filter.state === "unusable" || filter.state === "reviewed") {
    const what = filter.state === "unusable" ? "Nothing is marked unusable" : "Nothing is looked over yet";
    return (
      <EmptyState title={what} text="What a person has decided comes here, and can be changed here.">
        <Button component={Link} href={`/c/${slug}/review`} size="md">
          Go through what is open
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={filter.state === "disagree" ? "Nothing is in doubt" : "All looked over"}
      text="Every glyph is settled. Build a dataset of them, split by writer."
    >
      <Button component={Link} href={`/c/${slug}/datasets`} size="md" rightSection={<IconArrowRight size={18} />}>
        Build a dataset
      </Button>
      <Button component={Link} href={`/c/${slug}/review?state=all`} size="md" variant="default">
        Look at all glyphs
      </Button>
    </EmptyState>
  );
}
