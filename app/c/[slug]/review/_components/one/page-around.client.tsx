"use client";

import { useEffect, useState } from "react";
import { type PageView, pageViewSchema } from "../../../../../../lib/contracts/scans.ts";
import { getJson } from "../../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../../_components/error-notice.tsx";
import { frameGlyph } from "./frame-glyph.ts";
import classes from "./one-way.module.css";

/** A glyph must stay this long before its page is asked for: who decides faster does not look at it. */
const REST_MS = 150;
const MOST_KEPT = 16;
const kept = new Map<string, Promise<PageView>>();

interface AroundProps {
  readonly glyphId: string;
  readonly pageId: string;
  /** The whole page instead of the field. */
  readonly whole: boolean;
}

/** The glyph where it was written: its field with what stands beside it, or the whole page. */
export function PageAround({ glyphId, pageId, whole }: AroundProps) {
  const [state, setState] = useState<{ pageId: string; page: PageView | null; error: unknown } | null>(null);
  useEffect(() => {
    let stale = false;
    const show = () => {
      loadPage(pageId).then(
        (page) => !stale && setState({ pageId, page, error: null }),
        (error: unknown) => !stale && setState({ pageId, page: null, error }),
      );
    };
    const timer = setTimeout(show, kept.has(pageId) ? 0 : REST_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [pageId]);
  if (state === null || state.pageId !== pageId) return <div className={classes.around} data-whole={whole || undefined} />;
  if (state.page === null) return <ErrorNotice title="Its page could not be loaded" error={state.error} />;
  const framed = frameGlyph(state.page, glyphId, whole);
  if (framed === null) return <div className={classes.around} data-whole={whole || undefined} />;
  const { page } = state;
  const { view, bounds, words } = framed;
  const stroke = Math.max(view[2], view[3]) / 250;
  return (
    <figure className={classes.around} data-whole={whole || undefined} data-testid="page-around">
      <svg viewBox={view.join(" ")} role="img" aria-label={words}>
        <image href={`/api/pages/${page.id}/image`} width={page.widthPx} height={page.heightPx} preserveAspectRatio="none" />
        <rect
          x={bounds[0] - 2 * stroke}
          y={bounds[1] - 2 * stroke}
          width={bounds[2] + 4 * stroke}
          height={bounds[3] + 4 * stroke}
          strokeWidth={stroke}
        />
      </svg>
    </figure>
  );
}

function loadPage(id: string): Promise<PageView> {
  const known = kept.get(id);
  if (known !== undefined) return known;
  const page = getJson(pageViewSchema, `/api/pages/${encodeURIComponent(id)}`);
  kept.set(id, page);
  page.catch(() => kept.delete(id));
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return page;
}
