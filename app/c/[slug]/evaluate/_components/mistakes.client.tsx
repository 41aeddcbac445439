"use client";

import Link from "next/link";
import { useMemo } from "react";
import type { EvaluationView } from "../../../../../lib/contracts/runs.ts";
import { formatCount, formatPercent } from "../../../../_components/format.ts";
import { GlyphImage } from "../../../../_components/glyph-image.client.tsx";
import type { Cell } from "./confusion-matrix.client.tsx";
import classes from "./mistakes.module.css";

interface MistakesProps {
  readonly slug: string;
  readonly evaluation: EvaluationView;
  readonly chosen: Cell | null;
  readonly onClear: () => void;
}

/** The most confident mistakes as pictures; one's own lead to Review, where the label may be what is wrong. */
export function Mistakes({ slug, evaluation, chosen, onClear }: MistakesProps) {
  const { mistakes, classes: names, confusion } = evaluation;
  const shown = useMemo(
    () =>
      mistakes
        .filter((m) => chosen === null || (m.truth === chosen.truth && m.prediction === chosen.prediction))
        .slice(0, 60)
        .map((m) => ({ ...m, bytes: decodeImage(m.image) })),
    [mistakes, chosen],
  );
  const count = chosen === null ? evaluation.result.errors : confusion[names.indexOf(chosen.truth)][names.indexOf(chosen.prediction)];
  return (
    <section aria-label="Mistakes" className={classes.mistakes}>
      <div className={classes.head}>
        <h2 aria-live="polite">{chosen === null ? "Worst mistakes" : `${chosen.truth} read as ${chosen.prediction}`}</h2>
        {chosen !== null && (
          <button type="button" onClick={onClear}>
            Show all
          </button>
        )}
      </div>
      <p className={classes.note}>
        {shown.length < count
          ? `The ${formatCount(shown.length)} the network was surest of, of ${formatCount(count)}.`
          : `All ${formatCount(count)}, those the network was surest of first.`}
      </p>
      {shown.length === 0 && count > 0 && (
        <p className={classes.note}>Pictures are kept of the surest mistakes only; none of these is among them.</p>
      )}
      <ul className={classes.list}>
        {shown.map((mistake) => {
          const words = `${mistake.truth} read as ${mistake.prediction}`;
          const content = (
            <>
              <GlyphImage bytes={mistake.bytes} size={84} label={words} />
              <span className={classes.words}>
                <b>{mistake.truth}</b> read as <b>{mistake.prediction}</b>
                <small>{formatPercent(mistake.probability, 1)} sure</small>
              </span>
            </>
          );
          return (
            <li key={mistake.index} data-testid="mistake">
              {mistake.glyphId === null ? (
                <div className={classes.item}>{content}</div>
              ) : (
                <Link href={`/c/${slug}/review?glyph=${mistake.glyphId}`} className={classes.item} title="Look at it in Review">
                  {content}
                  <span className={classes.review}>Review</span>
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function decodeImage(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
