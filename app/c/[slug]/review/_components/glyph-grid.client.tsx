"use client";

import { type RefObject, useEffect, useMemo, useRef } from "react";
import type { GlyphView } from "../../../../../lib/contracts/review.ts";
import { GlyphCell } from "./glyph-cell.client.tsx";
import classes from "./glyph-grid.module.css";
import type { ReviewOrder } from "./review-filter.ts";

export interface GlyphGroup {
  /** Null: glyphs of any status, in the order in which they came. */
  readonly status: GlyphView["status"] | null;
  readonly start: number;
  readonly glyphs: readonly GlyphView[];
}

const TITLES: Record<GlyphView["status"], { title: string; hint: string }> = {
  mismatch: { title: "Prompt and model differ", hint: "Someone is wrong: the writer, the cut or the model." },
  unsure: { title: "The cut is unsure", hint: "Perhaps not one whole character." },
  "crossed-out": { title: "Crossed out", hint: "No label unless you give it one: what was meant, or unusable." },
  overwritten: { title: "Overwritten", hint: "No label unless you give it one: what was meant, or unusable." },
  labelled: { title: "Nothing disagrees", hint: "Prompt and model say the same, or the model has no opinion." },
  blank: { title: "Blank", hint: "" },
};

const BY_DOUBT = { title: "Most doubtful first", hint: "By all that was said, these labels are likeliest wrong." };

/** The glyphs in runs of one status, as the queue is ordered; by doubt they are one run. */
export function groupGlyphs(glyphs: readonly GlyphView[], order: ReviewOrder): readonly GlyphGroup[] {
  if (order === "doubt") return glyphs.length === 0 ? [] : [{ status: null, start: 0, glyphs }];
  const groups: { status: GlyphView["status"]; start: number; glyphs: GlyphView[] }[] = [];
  glyphs.forEach((glyph, i) => {
    const last = groups.at(-1);
    if (last?.status === glyph.status) last.glyphs.push(glyph);
    else groups.push({ status: glyph.status, start: i, glyphs: [glyph] });
  });
  return groups;
}

interface GridProps {
  readonly groups: readonly GlyphGroup[];
  readonly images: ReadonlyMap<string, Uint8Array>;
  /** Grows as images arrive. */
  readonly version: number;
  readonly cursor: number;
  readonly currentId: string | null;
  readonly listRef: RefObject<HTMLDivElement | null>;
  readonly more: boolean;
  readonly onPick: (index: number) => void;
  readonly onColumns: (columns: number) => void;
  readonly onNearEnd: () => void;
}

/** The grid: one list for assistive technology, its cursor cell named by aria-activedescendant. */
export function GlyphGrid({ groups, images, version, cursor, currentId, listRef, more, onPick, onColumns, onNearEnd }: GridProps) {
  const first = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const grid = first.current;
    if (grid === null) return;
    const measure = () => onColumns(getComputedStyle(grid).gridTemplateColumns.split(" ").length);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(grid);
    return () => observer.disconnect();
  }, [onColumns]);

  useEffect(() => {
    if (end.current === null || !more) return;
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && onNearEnd(), {
      rootMargin: "1200px",
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [more, onNearEnd]);

  useEffect(() => {
    if (currentId !== null) document.getElementById(`glyph-${currentId}`)?.scrollIntoView({ block: "nearest" });
  }, [currentId]);

  const headings = useMemo(() => groups.map(({ status }) => (status === null ? BY_DOUBT : TITLES[status])), [groups]);
  return (
    <div
      ref={listRef}
      role="listbox"
      tabIndex={0}
      aria-label="Glyphs"
      aria-activedescendant={currentId === null ? undefined : `glyph-${currentId}`}
      className={classes.list}
      data-version={version}
    >
      {groups.map((group, g) => (
        <div key={group.start} role="group" aria-label={headings[g].title} className={classes.group}>
          <p className={classes.heading} aria-hidden="true">
            <strong>{headings[g].title}</strong> {headings[g].hint}
          </p>
          <div ref={g === 0 ? first : undefined} className={classes.grid} role="presentation">
            {group.glyphs.map((glyph, i) => (
              <GlyphCell
                key={glyph.id}
                glyph={glyph}
                index={group.start + i}
                bytes={images.get(glyph.id) ?? null}
                current={group.start + i === cursor}
                onPick={onPick}
              />
            ))}
          </div>
        </div>
      ))}
      <div ref={end} />
    </div>
  );
}
