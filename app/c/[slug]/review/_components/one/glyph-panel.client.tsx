"use client";

import Link from "next/link";
import { memo } from "react";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { GlyphImage } from "../../../../../_components/glyph-image.client.tsx";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import { IconArrowRight } from "../../../../../_components/icons.tsx";
import type { GlyphBrief } from "../desk/glyph-mark.ts";
import { describeState, findState } from "../desk/glyph-state.ts";
import { EvidenceBars } from "./evidence-bars.tsx";
import { useGlyphDetail } from "./glyph-details.ts";
import classes from "./glyph-panel.module.css";
import { LabelsInTime } from "./labels-in-time.tsx";
import { listEvidence } from "./list-evidence.ts";

/** The cursor must rest this long on a glyph before its history is asked for. */
const REST_MS = 180;

interface PanelProps {
  readonly slug: string;
  readonly glyph: GlyphBrief;
  readonly saved: boolean;
  /** Its picture is here. */
  readonly drawn: boolean;
}

/** The grid's glyph under the cursor up close, where it comes from, and who said what about it. It stays as it is while the grid is scrolled. */
export const GlyphPanel = memo(function GlyphPanel({ slug, glyph, saved, drawn }: PanelProps) {
  const { detail, error } = useGlyphDetail(glyph, { blind: false, ready: saved, restMs: REST_MS });
  const state = findState(glyph);
  return (
    <section className={classes.panel} aria-label="Glyph under the cursor" data-testid="glyph-panel" data-drawn={drawn}>
      <div className={classes.pictures}>
        <figure>
          <div className={classes.sheet}>
            <GlyphImage bytes={glyphImages.get(glyph.id) ?? null} size={140} label="As the network sees it, 28 by 28" />
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
      {glyph.flag !== null && <p className={classes.note}>⚑ {glyph.flag === "" ? "flagged" : glyph.flag}</p>}
      {detail !== null && (
        <>
          <EvidenceBars evidence={listEvidence(detail, detail)} rest={detail.posterior?.rest ?? null} />
          <p className={classes.place}>
            Writer {detail.writer === "" ? "unknown" : detail.writer} · {detail.card === null ? "no card" : `card ${detail.card}`} ·{" "}
            {detail.field}, {detail.index + 1} · {detail.prompt === null ? "no prompt" : `prompt ${detail.prompt}`} · normalized by{" "}
            {detail.normalization}
          </p>
          <Link href={`/c/${slug}/scans/${detail.pageId}?glyph=${glyph.id}`} className={classes.page}>
            On {detail.fileName}
            {detail.pageNumber > 1 && `, page ${detail.pageNumber}`}
            <IconArrowRight size={15} />
          </Link>
          <h2>Labels in time</h2>
          <LabelsInTime labels={detail.labels} />
        </>
      )}
      {error !== null && <ErrorNotice title="The glyph's history could not be loaded" error={error} />}
    </section>
  );
}, isSame);

/** A glyph that somebody has decided on is put together anew each time. */
function isSame(before: PanelProps, after: PanelProps): boolean {
  const [a, b] = [before.glyph, after.glyph];
  const keys = Object.keys(b) as (keyof GlyphBrief)[];
  return (
    before.slug === after.slug && before.saved === after.saved && before.drawn === after.drawn && keys.every((key) => a[key] === b[key])
  );
}
