"use client";

import { useState } from "react";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { formatMoment } from "../../../../../_components/format.ts";
import type { WayProps } from "../frame/review-way.ts";
import type { CommandId } from "../keys/commands.ts";
import { useReviewKeys } from "../keys/use-review-keys.ts";
import { EvidenceBars } from "../one/evidence-bars.tsx";
import { useGlyphDetail } from "../one/glyph-details.ts";
import { listEvidence } from "../one/list-evidence.ts";
import oneClasses from "../one/one-way.module.css";
import { QueueFrame } from "../one/queue-frame.client.tsx";
import { useOneReview } from "../one/use-one-review.ts";
import classes from "./adjudicate-way.module.css";

/** What people differ on: everybody's decision side by side, and one key that settles it. */
export function AdjudicateWay(props: WayProps) {
  const { saved, classes: characters, onSay } = props;
  const review = useOneReview(props);
  const { failed, glyph, decide, run } = review;
  const [marked, setMarked] = useState<{ id: string; place: number } | null>(null);
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
      case "one":
        return props.onAddress({ way: "one", glyph: null });
      default:
        run(id);
    }
  };
  useReviewKeys({ way: "adjudicate", characters, onClass: (value) => decide("class", value), onCommand, onSay });
  return (
    <QueueFrame
      way={props}
      review={review}
      name="Glyph that people differ on"
      spoken={decisions.map(({ by, kind, value }) => `${by}: ${value ?? kind}`).join(", ")}
      keypad={{
        label: decisions[place]?.value ?? null,
        confirm: { words: "✓ The marked one", disabled: decisions.length === 0, run: take },
      }}
    >
      {glyph !== null && (
        <>
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
          <EvidenceBars evidence={listEvidence(glyph, detail)} rest={detail?.posterior?.rest ?? null} />
          {glyph.flag !== null && <p className={oneClasses.note}>⚑ {glyph.flag === "" ? "flagged" : glyph.flag}</p>}
        </>
      )}
    </QueueFrame>
  );
}
