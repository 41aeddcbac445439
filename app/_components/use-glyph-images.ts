import { useEffect, useState } from "react";
import { glyphImages, IDS_PER_REQUEST, loadGlyphImages } from "./glyph-images.ts";

/** The 28x28 images of glyphs by id, in packed requests; the map fills as they arrive. */
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
    const missing = wanted.split(",").filter((id) => id !== "" && !glyphImages.has(id));
    const controller = new AbortController();
    const load = async () => {
      for (let start = 0; start < missing.length; start += IDS_PER_REQUEST) {
        await loadGlyphImages(missing.slice(start, start + IDS_PER_REQUEST), controller.signal);
        setVersion((version) => version + 1);
      }
    };
    setError(null);
    load().catch((caught: unknown) => {
      if (!controller.signal.aborted) setError(caught);
    });
    return () => controller.abort();
  }, [wanted]);
  return { images: glyphImages, version, error };
}
