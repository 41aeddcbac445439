"use client";

import type { GlyphView } from "../../../../../../lib/contracts/review.ts";
import { GlyphImage } from "../../../../../_components/glyph-image.client.tsx";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import classes from "./one-way.module.css";
import { PageAround } from "./page-around.client.tsx";

interface CloseProps {
  readonly glyph: GlyphView;
  readonly large: boolean;
  readonly whole: boolean;
}

/** One glyph as large as it goes, as it is on the scan, and where it was written. */
export function GlyphUpClose({ glyph, large, whole }: CloseProps) {
  return (
    <div className={classes.pictures} data-large={large || undefined}>
      <div className={classes.glyph}>
        <GlyphImage bytes={glyphImages.get(glyph.id) ?? null} size="var(--side)" label="The glyph as the network sees it, 28 by 28" />
      </div>
      <div className={classes.crop}>
        {/* biome-ignore lint/performance/noImgElement: a small PNG from this machine; Next's optimizer would only make it slower */}
        <img key={glyph.id} src={`/api/glyphs/${glyph.id}/crop`} alt="The glyph as it is on the scan" />
      </div>
      <PageAround glyphId={glyph.id} pageId={glyph.pageId} whole={whole} />
    </div>
  );
}
