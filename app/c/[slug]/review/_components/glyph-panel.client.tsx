"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { type GlyphDetail, type GlyphView, glyphDetailSchema } from "../../../../../lib/contracts/review.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatMoment, formatPercent } from "../../../../_components/format.ts";
import { GlyphImage } from "../../../../_components/glyph-image.client.tsx";
import { IconArrowRight } from "../../../../_components/icons.tsx";
import classes from "./glyph-panel.module.css";
import { describeState, findState } from "./glyph-state.ts";

const SOURCES: Record<GlyphDetail["labels"][number]["source"], string> = {
  prompt: "prompt",
  ocr: "printed prompt, read",
  model: "model",
  person: "",
};

/** The cursor's glyph up close, where it comes from, and who said what about it. */
export function GlyphPanel({ slug, glyph, bytes, saved }: { slug: string; glyph: GlyphView; bytes: Uint8Array | null; saved: boolean }) {
  const { detail, error } = useDetail(glyph, saved);
  const state = findState(glyph);
  return (
    <section className={classes.panel} aria-label="Glyph under the cursor" data-testid="glyph-panel">
      <div className={classes.pictures}>
        <figure>
          <div className={classes.sheet}>
            <GlyphImage bytes={bytes} size={140} label="As the network sees it, 28 by 28" />
          </div>
          <figcaption>28 × 28</figcaption>
        </figure>
        <figure>
          <div className={classes.sheet}>
            {/* biome-ignore lint/performance/noImgElement: a small PNG from this machine; Next's optimizer would only make it slower */}
            <img key={glyph.id} src={`/api/glyphs/${glyph.id}/crop`} alt="As it is on the scan" className={classes.crop} />
          </div>
          <figcaption>on the scan</figcaption>
        </figure>
      </div>
      <p className={classes.state} data-state={state}>
        <strong>{glyph.label ?? "No label"}</strong> {describeState(glyph)}
      </p>
      <dl className={classes.facts}>
        <div>
          <dt>Prompt</dt>
          <dd>{glyph.prompt ?? "none"}</dd>
        </div>
        <div>
          <dt>Model</dt>
          <dd data-testid="model-opinion">
            {glyph.prediction === null ? "none" : `${glyph.prediction.label}, ${formatPercent(glyph.prediction.probability, 1)}`}
          </dd>
        </div>
        {glyph.fused !== null && (
          <div>
            <dt>Estimate</dt>
            <dd data-testid="estimate-of-glyph">
              {glyph.fused.label}, {formatPercent(glyph.fused.probability, 1)}
            </dd>
          </div>
        )}
        <div>
          <dt>Writer</dt>
          <dd>{glyph.writer === "" ? "unknown" : glyph.writer}</dd>
        </div>
        <div>
          <dt>Place</dt>
          <dd>
            {glyph.field}, {glyph.index + 1}
          </dd>
        </div>
      </dl>
      <Link href={`/c/${slug}/scans/${glyph.pageId}?glyph=${glyph.id}`} className={classes.page}>
        {detail === null ? "On its page" : `On ${detail.fileName}${detail.pageNumber > 1 ? `, page ${detail.pageNumber}` : ""}`}
        <IconArrowRight size={15} />
      </Link>
      {error !== null && <ErrorNotice title="The glyph's history could not be loaded" error={error} />}
      <h2>Labels in time</h2>
      <ol className={classes.history}>
        {detail?.labels.map((label, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: labels are only ever appended
          <li key={i}>
            <span className={classes.value}>{label.kind === "class" ? label.value : label.kind === "unusable" ? "×" : "↶"}</span>
            <span>
              {describeLabel(label)}
              {label.probability !== null && ` ${formatPercent(label.probability, 1)}`}
            </span>
            <time dateTime={label.at}>{formatMoment(label.at)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}

function describeLabel(label: GlyphDetail["labels"][number]): string {
  const who = label.source === "person" ? label.by : SOURCES[label.source];
  if (label.kind === "retract") return `${who} took a label back`;
  return label.kind === "unusable" ? `${who}: unusable` : who;
}

/** The glyph's history, a moment after the cursor rests, and again once a new label is saved. */
function useDetail(glyph: GlyphView, saved: boolean): { detail: GlyphDetail | null; error: unknown } {
  const [state, setState] = useState<{ id: string; detail: GlyphDetail | null; error: unknown }>({
    id: glyph.id,
    detail: null,
    error: null,
  });
  const { id, label, reviewed, unusable } = glyph;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another label is a reason to load again
  useEffect(() => {
    if (!saved) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      getJson(glyphDetailSchema, `/api/glyphs/${id}`, controller.signal).then(
        (detail) => !controller.signal.aborted && setState({ id, detail, error: null }),
        (error: unknown) => !controller.signal.aborted && setState({ id, detail: null, error }),
      );
    }, 180);
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [id, label, reviewed, unusable, saved]);
  return state.id === id ? state : { detail: null, error: null };
}
