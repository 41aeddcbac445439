import { getBytes } from "./api-client.ts";
import { GLYPH_BYTES } from "./glyph-pixels.ts";

/** Ids in one request: their address stays below Node's 16 kB header limit. */
export const IDS_PER_REQUEST = 500;
/** About 16 MB of images. A glyph's image never changes, so a kept one is never stale. */
const MOST_KEPT = 20_000;
const kept = new Map<string, Uint8Array>();

/** The images that are here already, by glyph's id. One map that stays; it fills as requests are answered. */
export const glyphImages: ReadonlyMap<string, Uint8Array> = kept;

/** Loads the images of at most `IDS_PER_REQUEST` glyphs in one packed request and keeps them while the app is open; the longest kept go first. @throws ApiError */
export async function loadGlyphImages(ids: readonly string[], signal?: AbortSignal): Promise<void> {
  const packed = await getBytes(`/api/glyphs/images?ids=${ids.map(encodeURIComponent).join(",")}`, signal);
  for (const [i, id] of ids.entries()) {
    kept.delete(id);
    kept.set(id, packed.slice(i * GLYPH_BYTES, (i + 1) * GLYPH_BYTES));
  }
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) return;
    kept.delete(oldest);
  }
}
