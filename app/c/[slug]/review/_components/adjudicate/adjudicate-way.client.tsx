"use client";

import { useEffect, useRef, useState } from "react";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { formatMoment } from "../../../../../_components/format.ts";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import { isTypedIn } from "../frame/is-typed-in.ts";
import { Keypad } from "../frame/keypad.client.tsx";
import { NothingHere } from "../frame/nothing-here.tsx";
import { QueueEnd } from "../frame/queue-end.tsx";
import type { WayProps } from "../frame/review-way.ts";
import type { CommandId } from "../keys/commands.ts";
import { useClassSet, useReviewKeys } from "../keys/use-review-keys.ts";
import { EvidenceBars } from "../one/evidence-bars.tsx";
import { useGlyphDetail } from "../one/glyph-details.ts";
import { GlyphUpClose } from "../one/glyph-up-close.client.tsx";
import { listEvidence } from "../one/list-evidence.ts";
import oneClasses from "../one/one-way.module.css";
import { useOneReview } from "../one/use-one-review.ts";
import classes from "./adjudicate-way.module.css";

/** What people differ on: everybody's decision side by side, and one key that settles it. */
export function AdjudicateWay(props: WayProps) {
  const { slug, address, desk, saved, classes: characters, bare, onSay, onCount } = props;
  const { queue, failed, retry, glyph, decide, run } = useOneReview(props);
  const [marked, setMarked] = useState<{ id: string; place: number } | null>(null);
  const [large, setLarge] = useState(false);
  const [whole, setWhole] = useState(false);
  const stage = useRef<HTMLElement>(null);
  const { detail, error } = useGlyphDetail(glyph, { blind: false, ready: saved || glyph?.conflict === true });
  const decisions = detail?.decisions ?? [];
  const place = marked !== null && marked.id === glyph?.id ? Math.min(marked.place, decisions.length - 1) : 0;

  const take = () => {
    if (glyph === null) return run("confirm");
    const decision = decisions[place];
    if (decision === undefined) return onSay("The decisions are still on their way.");
    decide(decision.kind, decision.value);
  };
  const mark = (by: 1 | -1) => {
    if (glyph === null || decisions.length === 0) return;
    setMarked({ id: glyph.id, place: (place + by + decisions.length) % decisions.length });
  };
  const onCommand = (id: CommandId) => {
    switch (id) {
      case "take":
        return take();
      case "decision-before":
        return mark(-1);
      case "decision-after":
        return mark(1);
      case "zoom":
        return setLarge(!large);
      case "page":
        return setWhole(!whole);
      case "one":
        return props.onAddress({ way: "one", glyph: null });
      default:
        run(id);
    }
  };
  useReviewKeys({
    way: "adjudicate",
    classes: useClassSet(characters),
    onClass: (value) => decide("class", value),
    onCommand,
    onUnknown: (key) => onSay(`No glyph here is asked to be "${key}": nothing was changed.`),
  });
  useEffect(() => onCount(queue.left), [queue.left, onCount]);
  const shown = glyph !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage takes the focus when it comes, and another queue from what called for it
  useEffect(() => {
    if (!isTypedIn(document.activeElement)) stage.current?.focus({ preventScroll: true });
  }, [shown, queue]);

  const said = decisions.map(({ by, kind, value }) => `${by}: ${value ?? kind}`).join(", ");
  return (
    <>
      {failed !== null && <ErrorNotice title="The next glyphs or their pictures could not be loaded" error={failed} onRetry={retry} />}
      {queue.ended &&
        (queue.place === 0 ? (
          <NothingHere slug={slug} address={address} none={bare} onAddress={props.onAddress} />
        ) : (
          <QueueEnd slug={slug} skipped={queue.skipped} onSkipped={() => run("confirm")} onAgain={() => props.onAddress({})} />
        ))}
      {glyph !== null && (
        <section
          ref={stage}
          tabIndex={-1}
          className={oneClasses.stage}
          aria-label="Glyph that people differ on"
          data-testid="glyph-stage"
          data-glyph={glyph.id}
          data-label={glyph.label ?? ""}
          data-drawn={glyphImages.has(glyph.id)}
        >
          <GlyphUpClose glyph={glyph} large={large} whole={whole} />
          <div className={oneClasses.side}>
            <ul className={classes.decisions} aria-label="Decisions">
              {decisions.map(({ by, kind, value, at }, i) => (
                <li key={by}>
                  <button
                    type="button"
                    className={classes.decision}
                    data-marked={i === place || undefined}
                    aria-pressed={i === place}
                    onClick={() => decide(kind, value)}
                  >
                    <strong>{value ?? (kind === "unusable" ? "×" : "–")}</strong>
                    <span>{by}</span>
                    {kind !== "class" && <span>{kind}</span>}
                    <time dateTime={at}>{formatMoment(at)}</time>
                  </button>
                </li>
              ))}
            </ul>
            {error !== null && failed === null && <ErrorNotice title="The decisions could not be loaded" error={error} />}
            <EvidenceBars evidence={listEvidence(glyph, detail)} />
            {glyph.flag !== null && <p className={oneClasses.note}>⚑ {glyph.flag === "" ? "flagged" : glyph.flag}</p>}
          </div>
          <p className="sr-only" aria-live="polite" data-testid="spoken">
            {said}
          </p>
        </section>
      )}
      {glyph !== null && (
        <Keypad
          characters={characters}
          label={decisions[place]?.value ?? null}
          canUndo={desk.canUndo}
          classKeys
          confirm={{ words: "✓ The marked one", disabled: decisions.length === 0, run: take }}
          onClass={(value) => decide("class", value)}
          onUnusable={() => run("unusable")}
          onUndo={() => run("undo")}
          onSkip={() => run("skip")}
        />
      )}
    </>
  );
}
