"use client";

import { type MouseEvent, type RefObject, useRef } from "react";
import { glyphImages } from "../../../../../_components/glyph-images.ts";
import type { GlyphBrief } from "../desk/glyph-mark.ts";
import classes from "./glyph-grid.module.css";
import { findRows, type Geometry } from "./grid-geometry.ts";
import { GridRow } from "./grid-row.client.tsx";
import type { VisiblePart } from "./use-visible-part.ts";

/** Rows kept above and below what is seen: what a fast wheel covers in a frame or two. */
const MARGIN_ROWS = 4;

interface GridProps {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly geometry: Geometry;
  readonly part: VisiblePart;
  readonly total: number;
  /** The glyph at a place with what was decided since it was loaded; null while it is not here. */
  readonly at: (index: number) => GlyphBrief | null;
  readonly cursor: number;
  readonly picked: ReadonlySet<string>;
  /** With another reviewer at this moment. */
  readonly taken: ReadonlySet<string>;
  readonly onPick: (index: number) => void;
}

/** Thousands of glyphs of which only the rows in sight exist: one list for assistive technology, its cursor named by aria-activedescendant. */
export function GlyphGrid({ box, geometry, part, total, at, cursor, picked, taken, onPick }: GridProps) {
  const slots = useRef(0);
  const { columns, rows, rowHeight } = geometry;
  const [seen, end] = findRows(geometry, part.top, part.bottom);
  const first = Math.max(0, seen - MARGIN_ROWS);
  const last = Math.min(rows, end + MARGIN_ROWS);
  // A row that scrolls out gives its elements to one that scrolls in. Fewer slots than before would mix them up.
  slots.current = Math.max(slots.current, last - first);
  const row = Math.floor(cursor / columns);
  const current = row >= first && row < last ? at(cursor) : null;
  const press = (event: MouseEvent<HTMLDivElement>) => {
    const cell = event.target instanceof Element ? event.target.closest("[data-index]") : null;
    if (cell !== null) onPick(Number(cell.getAttribute("data-index")));
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the screen has the list's keys
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label="Glyphs"
      aria-multiselectable="true"
      aria-activedescendant={current === null ? undefined : `glyph-${current.id}`}
      className={classes.list}
      style={{ height: Math.max(rows, 1) * rowHeight }}
      data-total={total}
      onClick={press}
    >
      {Array.from({ length: last - first }, (_, k) => {
        const row = first + k;
        const glyphs = Array.from({ length: Math.min(columns, total - row * columns) }, (_, i) => at(row * columns + i));
        return (
          <GridRow
            key={row % slots.current}
            row={row}
            geometry={geometry}
            total={total}
            glyphs={glyphs}
            picked={(id) => picked.has(id)}
            taken={(id) => taken.has(id)}
            cursor={cursor}
            stamp={stampOf(glyphs, { start: row * columns, cursor, picked, taken })}
          />
        );
      })}
    </div>
  );
}

function stampOf(
  glyphs: readonly (GlyphBrief | null)[],
  { start, cursor, picked, taken }: { start: number; cursor: number; picked: ReadonlySet<string>; taken: ReadonlySet<string> },
): string {
  let stamp = "";
  glyphs.forEach((glyph, i) => {
    if (glyph === null) {
      stamp += "|";
      return;
    }
    const { id, label, reviewed, unusable, flag } = glyph;
    stamp += `${id}${label ?? ""}${+reviewed}${+unusable}${flag === null ? "" : "f"}${+glyphImages.has(id)}${+picked.has(id)}${+taken.has(id)}${start + i === cursor ? "c" : ""}|`;
  });
  return stamp;
}
