"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import { IconArrowRight } from "../../../../../_components/icons.tsx";
import { describeState, findState } from "../desk/glyph-state.ts";
import { isTypedIn } from "../frame/is-typed-in.ts";
import { Keypad } from "../frame/keypad.client.tsx";
import { NothingHere } from "../frame/nothing-here.tsx";
import { QueueEnd } from "../frame/queue-end.tsx";
import type { WayProps } from "../frame/review-way.ts";
import { useClassSet, useReviewKeys } from "../keys/use-review-keys.ts";
import { Coming } from "./coming.client.tsx";
import { EvidenceBars } from "./evidence-bars.tsx";
import { useGlyphDetail } from "./glyph-details.ts";
import { GlyphUpClose } from "./glyph-up-close.client.tsx";
import { LabelsInTime } from "./labels-in-time.tsx";
import { listEvidence } from "./list-evidence.ts";
import classes from "./one-way.module.css";
import { briefOf, useOneReview } from "./use-one-review.ts";

/** One by one: a glyph, all that is known of it, one key that decides and moves on. */
export function OneWay(props: WayProps) {
  const { slug, address, desk, saved, classes: characters, bare, onSay, onCount } = props;
  const { queue, failed, retry, glyph, decide, run } = useOneReview(props);
  const [large, setLarge] = useState(false);
  const [whole, setWhole] = useState(false);
  const stage = useRef<HTMLElement>(null);
  const { pass, blind, handedOut } = queue.source;
  const { detail, error } = useGlyphDetail(glyph, { blind: blind && handedOut, ready: saved || glyph?.reviewed === false });
  useReviewKeys({
    way: "one",
    classes: useClassSet(characters),
    onClass: (value) => decide("class", value),
    onCommand: (id) => (id === "zoom" ? setLarge(!large) : id === "page" ? setWhole(!whole) : run(id)),
    onUnknown: (key) => onSay(`No glyph here is asked to be "${key}": nothing was changed.`),
  });
  useEffect(() => onCount(queue.left), [queue.left, onCount]);
  const shown = glyph !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage takes the focus when it comes, and another queue from what called for it
  useEffect(() => {
    if (!isTypedIn(document.activeElement)) stage.current?.focus({ preventScroll: true });
  }, [shown, queue]);

  const words = glyph === null ? "" : `${glyph.label ?? "No label"}, ${describeState(briefOf(glyph))}`;
  return (
    <>
      {failed !== null && <ErrorNotice title="The next glyphs or their pictures could not be loaded" error={failed} onRetry={retry} />}
      {glyph === null && queue.left === null && queue.error === null && <p className="sr-only">Loading the next glyphs</p>}
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
          className={classes.stage}
          aria-label="Glyph"
          data-testid="glyph-stage"
          data-glyph={glyph.id}
          data-label={glyph.label ?? ""}
          data-reviewed={glyph.reviewed}
          data-drawn={glyphImages.has(glyph.id)}
        >
          <GlyphUpClose glyph={glyph} large={large} whole={whole} />
          <div className={classes.side}>
            <p className={classes.state} data-state={findState(briefOf(glyph))}>
              <strong>{glyph.label ?? "–"}</strong> {describeState(briefOf(glyph))}
            </p>
            {glyph.flag !== null && <p className={classes.note}>⚑ {glyph.flag === "" ? "flagged" : glyph.flag}</p>}
            {/* what all sources together amount to holds the first look, which a second one must not know */}
            <EvidenceBars evidence={listEvidence(pass === "second" ? { ...glyph, fused: null } : glyph, detail)} />
            {error !== null && failed === null && <ErrorNotice title="The glyph's history could not be loaded" error={error} />}
            {detail !== null && (
              <div className={classes.more}>
                <Link href={`/c/${slug}/scans/${glyph.pageId}?glyph=${glyph.id}`}>
                  {detail.fileName}
                  {detail.pageNumber > 1 && `, page ${detail.pageNumber}`}, {detail.field}, {detail.index + 1} <IconArrowRight size={14} />
                </Link>
                <LabelsInTime labels={detail.labels} />
              </div>
            )}
            <Coming glyphs={queue.ahead(9).slice(1)} />
          </div>
          <p className="sr-only" aria-live="polite" data-testid="spoken">
            {words}
          </p>
        </section>
      )}
      {glyph !== null && (
        <Keypad
          characters={characters}
          label={glyph.label}
          canUndo={desk.canUndo}
          classKeys
          confirm={{
            words: glyph.label === null ? "No label" : `✓ It is ${glyph.label}`,
            disabled: glyph.label === null,
            run: () => run("confirm"),
          }}
          onClass={(value) => decide("class", value)}
          onUnusable={() => run("unusable")}
          onUndo={() => run("undo")}
          onSkip={() => run("skip")}
        />
      )}
    </>
  );
}
