"use client";

import type { GlyphView } from "../../../../../../lib/contracts/review.ts";
import { GlyphImage } from "../../../../../_components/glyph-image.client.tsx";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import classes from "./one-way.module.css";

/** The glyphs that come next, small. */
export function Coming({ glyphs }: { glyphs: readonly GlyphView[] }) {
  return (
    <div className={classes.coming} aria-hidden="true">
      {glyphs.map(({ id }) => (
        <GlyphImage key={id} bytes={glyphImages.get(id) ?? null} size={28} label="" />
      ))}
    </div>
  );
}
