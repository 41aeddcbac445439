import { useEffect, useState } from "react";
import { getBytes } from "./api-client.ts";
import { GLYPH_BYTES } from "./glyph-pixels.ts";

/** Ids in one request: their addresses stay well under Node's 16 kB header limit. */
const IDS_PER_REQUEST = 250;
/** About 16 MB of images. A glyph's image never changes, so a cached one is never stale. */
const CACHE_LIMIT = 20_000;
const cache = new Map<string, Uint8Array>();

/** The 28x28 images of glyphs by id, packed 250 to a request and kept while the app is open; the map fills as they arrive. */
export function useGlyphImages(ids: readonly string[]): {
  images: ReadonlyMap<string, Uint8Array>;
  /** Grows with every batch that arrives: `images` is one map that stays, so memos depend on this. */
  version: number;
  error: unknown;
} {
  const [version, setVersion] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const wanted = ids.join(",");
  useEffect(() => {
    const missing = wanted.split(",").filter((id) => id !== "" && !cache.has(id));
    const controller = new AbortController();
    const load = async () => {
      for (let start = 0; start < missing.length; start += IDS_PER_REQUEST) {
        const some = missing.slice(start, start + IDS_PER_REQUEST);
        const packed = await getBytes(`/api/glyphs/images?ids=${some.map(encodeURIComponent).join(",")}`, controller.signal);
        if (cache.size > CACHE_LIMIT) cache.clear();
        for (const [i, id] of some.entries()) cache.set(id, packed.slice(i * GLYPH_BYTES, (i + 1) * GLYPH_BYTES));
        setVersion((version) => version + 1);
      }
    };
    setError(null);
    load().catch((caught: unknown) => {
      if (!controller.signal.aborted) setError(caught);
    });
    return () => controller.abort();
  }, [wanted]);
  return { images: cache, version, error };
}
