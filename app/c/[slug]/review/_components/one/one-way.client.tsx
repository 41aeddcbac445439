"use client";

import Link from "next/link";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { IconArrowRight } from "../../../../../_components/icons.tsx";
import { describeState, findState } from "../desk/glyph-state.ts";
import type { WayProps } from "../frame/review-way.ts";
import { useReviewKeys } from "../keys/use-review-keys.ts";
import { Coming } from "./coming.client.tsx";
import { EvidenceBars } from "./evidence-bars.tsx";
import { useGlyphDetail } from "./glyph-details.ts";
import { LabelsInTime } from "./labels-in-time.tsx";
import { listEvidence } from "./list-evidence.ts";
import classes from "./one-way.module.css";
import { QueueFrame } from "./queue-frame.client.tsx";
import { speakEstimate } from "./speak-estimate.ts";
import { briefOf, useOneReview } from "./use-one-review.ts";

/** One by one: a glyph, all that is known of it, one key that decides and moves on. */
export function OneWay(props: WayProps) {
  const { slug, saved, classes: characters, onSay } = props;
  const review = useOneReview(props);
  const { queue, failed, glyph, decide, run } = review;
  const { pass, blind, handedOut } = queue.source;
  const { detail, error } = useGlyphDetail(glyph, { blind: blind && handedOut, ready: saved || glyph?.reviewed === false });
  // what all sources together amount to holds the first look, which a second one must not know; the detail is told blind
  const evidence = glyph === null ? [] : listEvidence(pass === "second" ? { ...glyph, fused: null } : glyph, detail);
  useReviewKeys({ way: "one", characters, onClass: (value) => decide("class", value), onCommand: run, onSay });
  return (
    <QueueFrame
      way={props}
      review={review}
      name="Glyph"
      spoken={glyph === null ? "" : `${glyph.label ?? "No label"}, ${describeState(briefOf(glyph))}`}
      spokenLater={detail === null ? "" : speakEstimate(evidence)}
      keypad={{
        label: glyph?.label ?? null,
        confirm: {
          words: glyph === null || glyph.label === null ? "No label" : `✓ It is ${glyph.label}`,
          disabled: glyph === null || glyph.label === null,
          run: () => run("confirm"),
        },
      }}
    >
      {glyph !== null && (
        <>
          <p className={classes.state} data-state={findState(briefOf(glyph))}>
            <strong>{glyph.label ?? "–"}</strong> {describeState(briefOf(glyph))}
          </p>
          {glyph.flag !== null && <p className={classes.note}>⚑ {glyph.flag === "" ? "flagged" : glyph.flag}</p>}
          <EvidenceBars evidence={evidence} rest={detail?.posterior?.rest ?? null} />
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
        </>
      )}
    </QueueFrame>
  );
}
