"use client";

import { formatPercent } from "../../../../../_components/format.ts";
import { GlyphImage } from "../../../../../_components/glyph-image.client.tsx";
import { IconCheck, IconMinus, IconWarning } from "../../../../../_components/icons.tsx";
import classes from "./glyph-loupe.module.css";
import { describeGlyph, type PlacedGlyph } from "./page-glyphs.ts";

const MARKS = { found: IconCheck, doubt: IconWarning, blank: IconMinus } as const;

/** One glyph up close: as the network sees it, what was asked for, what it is taken for. */
export function GlyphLoupe({ placed, bytes }: { placed: PlacedGlyph | null; bytes: Uint8Array | null }) {
  if (placed === null) {
    return (
      <div className={classes.loupe} data-empty>
        <p>Point at a box, or use the arrow keys.</p>
      </div>
    );
  }
  const { glyph, field, prompt, state } = placed;
  const Mark = MARKS[state];
  return (
    <div className={classes.loupe} aria-live="polite">
      <div className={classes.picture}>
        <GlyphImage bytes={bytes} size="var(--side)" label={`Glyph ${glyph.index + 1} of field ${field.name}, 28 by 28`} />
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>Prompt</dt>
          <dd>{prompt ?? "none"}</dd>
        </div>
        <div>
          <dt>Label</dt>
          <dd>{glyph.label ?? "none"}</dd>
        </div>
        <div>
          <dt>Model</dt>
          <dd>
            {glyph.prediction === null ? (
              "none"
            ) : (
              <>
                {glyph.prediction.label} <small>{formatPercent(glyph.prediction.probability, 0)}</small>
              </>
            )}
          </dd>
        </div>
      </dl>
      <p className={classes.state} data-state={state}>
        <Mark size={16} /> {describeGlyph(placed)}{" "}
        <span>
          {field.name}, {glyph.index + 1}
        </span>
      </p>
    </div>
  );
}
