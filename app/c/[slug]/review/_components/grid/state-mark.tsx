import type { GlyphBrief } from "../desk/glyph-mark.ts";
import { findState } from "../desk/glyph-state.ts";
import classes from "./glyph-grid.module.css";

const DIAMOND = "M4 0 8 4 4 8 0 4z";

/** A glyph's state in shape and word, as small as it goes. */
export function StateMark({ glyph }: { glyph: GlyphBrief }) {
  const state = findState(glyph);
  switch (state) {
    case "differs":
      return <Mark path="M4 0.5 8 7.5H0z" words={glyph.prediction ?? ""} />;
    case "unsure":
      return (
        <Mark path={DIAMOND} words={glyph.prediction === null || glyph.prediction === glyph.label ? "cut?" : `cut? ${glyph.prediction}`} />
      );
    case "crossed-out":
      return <Mark path={DIAMOND} words="crossed" />;
    case "overwritten":
      return <Mark path={DIAMOND} words="over" />;
    case "reviewed":
      return <Mark path="M0.8 4.4 3 6.8 7.4 1.2" line />;
    case "unusable":
      return <Mark path="M1 1 7 7M7 1 1 7" line />;
    case "blank":
      return <Mark path="M1 7h6" line words="blank" />;
    default:
      return null;
  }
}

function Mark({ path, words = "", line = false }: { path: string; words?: string; line?: boolean }) {
  return (
    <span className={classes.mark}>
      <svg viewBox="0 0 8 8" aria-hidden="true" data-line={line || undefined}>
        <path d={path} />
      </svg>
      {words}
    </span>
  );
}
