"use client";

import Link from "next/link";
import { useMemo } from "react";
import { glyphPageSchema } from "../../../../lib/contracts/review.ts";
import { getJson } from "../../../_components/api-client.ts";
import { formatCount } from "../../../_components/format.ts";
import { GlyphSheet } from "../../../_components/glyph-sheet.client.tsx";
import { useGlyphImages } from "../../../_components/use-glyph-images.ts";
import { usePolling } from "../../../_components/use-polling.ts";
import classes from "./written-so-far.module.css";

const COLUMNS = 30;
const ROWS = 4;

/** A contact sheet of the collection's own glyphs: the thing itself, not a chart of it. */
export function WrittenSoFar({ slug, total }: { slug: string; total: number }) {
  const wanted = Math.min(total, COLUMNS * ROWS);
  const { data } = usePolling(
    `glyphs ${slug} ${wanted}`,
    (signal) => getJson(glyphPageSchema, `/api/collections/${slug}/glyphs?state=all&limit=${wanted}`, signal),
    { active: () => false },
  );
  const ids = useMemo(() => data?.glyphs.map((glyph) => glyph.id) ?? [], [data]);
  const { images, version } = useGlyphImages(ids);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map stays one object, its version tells of arrivals
  const glyphs = useMemo(() => ids.map((id) => images.get(id)).filter((bytes) => bytes !== undefined), [ids, images, version]);
  const columns = Math.min(COLUMNS, Math.max(12, glyphs.length));
  return (
    <section className={classes.written} aria-label="Written so far">
      <div className={classes.head}>
        <h2>Written so far</h2>
        <Link href={`/c/${slug}/review?state=all`}>All {formatCount(total)} glyphs</Link>
      </div>
      <div className={classes.sheet} style={{ aspectRatio: `${columns} / ${Math.max(1, Math.ceil(wanted / columns))}` }}>
        {glyphs.length > 0 && (
          <GlyphSheet glyphs={glyphs} columns={columns} label={`${glyphs.length} glyphs of this collection`} className={classes.canvas} />
        )}
      </div>
    </section>
  );
}
