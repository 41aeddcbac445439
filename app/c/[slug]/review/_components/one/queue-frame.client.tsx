"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import { isTypedIn } from "../frame/is-typed-in.ts";
import { Keypad, type KeypadProps } from "../frame/keypad.client.tsx";
import { NothingHere } from "../frame/nothing-here.tsx";
import { QueueEnd } from "../frame/queue-end.tsx";
import type { WayProps } from "../frame/review-way.ts";
import { GlyphUpClose } from "./glyph-up-close.client.tsx";
import classes from "./one-way.module.css";
import type { OneReview } from "./use-one-review.ts";

interface FrameProps {
  readonly way: WayProps;
  readonly review: OneReview;
  /** What the stage shows, for screen readers. */
  readonly name: string;
  /** Read out when another glyph comes, the second when more of it is known. */
  readonly spoken: string;
  readonly spokenLater?: string;
  readonly keypad: Pick<KeypadProps, "label" | "confirm">;
  /** What is known of the glyph, beside it. */
  readonly children: ReactNode;
}

/** What the two ways through a queue have in common: what went wrong, the queue's end, the glyph on a stage that has the focus, the keys for a thumb. */
export function QueueFrame({ way, review, name, spoken, spokenLater = "", keypad, children }: FrameProps) {
  const { slug, address, desk, classes: characters, bare, onAddress, onCount } = way;
  const { queue, failed, retry, glyph, large, whole, decide, run } = review;
  const stage = useRef<HTMLElement>(null);
  useEffect(() => onCount(queue.left), [queue.left, onCount]);
  const shown = glyph !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage takes the focus when it comes, and another queue from what called for it
  useEffect(() => {
    if (!isTypedIn(document.activeElement)) stage.current?.focus({ preventScroll: true });
  }, [shown, queue]);
  return (
    <>
      {failed !== null && <ErrorNotice title="The next glyphs or their pictures could not be loaded" error={failed} onRetry={retry} />}
      {glyph === null && queue.left === null && queue.error === null && <p className="sr-only">Loading the next glyphs</p>}
      {queue.ended &&
        (queue.place === 0 ? (
          <NothingHere slug={slug} address={address} none={bare} onAddress={onAddress} />
        ) : (
          <QueueEnd slug={slug} skipped={queue.skipped} onSkipped={() => run("confirm")} onAgain={() => onAddress({})} />
        ))}
      {glyph !== null && (
        <>
          <section
            ref={stage}
            tabIndex={-1}
            className={classes.stage}
            aria-label={name}
            data-testid="glyph-stage"
            data-glyph={glyph.id}
            data-label={glyph.label ?? ""}
            data-reviewed={glyph.reviewed}
            data-drawn={glyphImages.has(glyph.id)}
          >
            <GlyphUpClose glyph={glyph} large={large} whole={whole} />
            <div className={classes.side}>{children}</div>
            <p className="sr-only" aria-live="polite" data-testid="spoken">
              {spoken}
            </p>
            <p className="sr-only" aria-live="polite" data-testid="spoken-later">
              {spokenLater}
            </p>
          </section>
          <Keypad
            {...keypad}
            characters={characters}
            canUndo={desk.canUndo}
            classKeys
            onClass={(value) => decide("class", value)}
            onUnusable={() => run("unusable")}
            onUndo={() => run("undo")}
            onSkip={() => run("skip")}
          />
        </>
      )}
    </>
  );
}
