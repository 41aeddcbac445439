"use client";

import { memo, useMemo } from "react";
import type { PageView } from "../../../../../../lib/contracts/scans.ts";
import { GLYPH_BYTES } from "../../../../../_components/glyph-pixels.ts";
import { GlyphSheet } from "../../../../../_components/glyph-sheet.client.tsx";
import classes from "./field-list.module.css";
import type { PageField, PlacedGlyph } from "./page-glyphs.ts";

const NONE = new Uint8Array(GLYPH_BYTES);
/** Short fields stand in one line; an alphabet breaks into halves. */
const LONGEST_LINE = 18;
const HALF_ALPHABET = 13;

interface FieldListProps {
  readonly page: PageView;
  readonly glyphs: readonly PlacedGlyph[];
  readonly images: ReadonlyMap<string, Uint8Array>;
  /** Changes when images arrive: the map itself stays. */
  readonly version: number;
  readonly selectedField: string | null;
  readonly onSelect: (index: number) => void;
}

/** The page's fields as they were cut: the prompt, and under it what was written. */
export function FieldList({ page, glyphs, images, version, selectedField, onSelect }: FieldListProps) {
  const longest = Math.max(1, ...page.fields.map((field) => field.glyphs.length));
  const columns = longest <= LONGEST_LINE ? Math.max(longest, 10) : HALF_ALPHABET;
  return (
    <ul className={classes.fields} aria-label="Fields">
      {page.fields.map((field) => {
        if (field.glyphs.length === 0) return null;
        const first = glyphs.findIndex((placed) => placed.field === field);
        return (
          <li key={field.name} data-selected={field.name === selectedField || undefined}>
            <button type="button" onClick={() => onSelect(first)} aria-label={`Field ${field.name}: ${field.prompt}`}>
              <span className={classes.name}>{field.name}</span>
              <span className={classes.prompt}>{field.prompt}</span>
              <FieldGlyphs field={field} columns={columns} images={images} version={version} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

interface FieldGlyphsProps {
  readonly field: PageField;
  readonly columns: number;
  readonly images: ReadonlyMap<string, Uint8Array>;
  readonly version: number;
}

const FieldGlyphs = memo(function FieldGlyphs({ field, columns, images, version }: FieldGlyphsProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version tells of arrivals in the map
  const bytes = useMemo(() => field.glyphs.map((glyph) => images.get(glyph.id) ?? NONE), [field, images, version]);
  const used = Math.min(columns, Math.max(1, bytes.length));
  return (
    <span className={classes.glyphs} style={{ width: `${(100 * used) / columns}%` }}>
      <GlyphSheet glyphs={bytes} columns={used} label={`What was written in ${field.name}`} className={classes.canvas} />
    </span>
  );
});
