import { useEffect, useState } from "react";
import { type GlyphDetail, glyphDetailSchema } from "../../../../../../lib/contracts/review.ts";
import { getJson } from "../../../../../_components/api-client.ts";
import type { GlyphMark } from "../desk/glyph-mark.ts";

const MOST_KEPT = 200;
const kept = new Map<string, Promise<GlyphDetail>>();

interface Wanted extends GlyphMark {
  readonly id: string;
}

/** A glyph's provenance and all its labels, kept for as long as its decision stays as it is; asked for ahead of time it is here when it is shown. */
export function loadGlyphDetail(glyph: Wanted, blind: boolean): Promise<GlyphDetail> {
  const key = keyOf(glyph, blind);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const detail = getJson(glyphDetailSchema, `/api/glyphs/${encodeURIComponent(glyph.id)}${blind ? "?blind=true" : ""}`);
  kept.set(key, detail);
  // A failure is not kept: the next one asks again.
  detail.catch(() => kept.delete(key));
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return detail;
}

/** @param options.ready what was decided has reached the server; `restMs`: how long a glyph must stay before it is asked for */
export function useGlyphDetail(
  glyph: Wanted | null,
  { blind, ready, restMs = 0 }: { blind: boolean; ready: boolean; restMs?: number },
): { detail: GlyphDetail | null; error: unknown } {
  const [state, setState] = useState<{ id: string; detail: GlyphDetail | null; error: unknown } | null>(null);
  const key = glyph === null ? "" : keyOf(glyph, blind);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key holds all of the glyph that counts
  useEffect(() => {
    if (glyph === null || !ready) return;
    let stale = false;
    const timer = setTimeout(() => {
      loadGlyphDetail(glyph, blind).then(
        (detail) => !stale && setState({ id: glyph.id, detail, error: null }),
        (error: unknown) => !stale && setState({ id: glyph.id, detail: null, error }),
      );
    }, restMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [key, ready, restMs]);
  return glyph !== null && state?.id === glyph.id ? state : { detail: null, error: null };
}

function keyOf({ id, label, reviewed, unusable, flag }: Wanted, blind: boolean): string {
  return `${id}|${label}|${reviewed}|${unusable}|${flag}|${blind}`;
}
