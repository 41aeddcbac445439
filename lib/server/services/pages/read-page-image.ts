import { InkformError } from "../../../core/inkform-error.ts";
import { resizeJpeg } from "../../codec/resize-jpeg.ts";
import type { Runtime } from "../../runtime.ts";

/** A page's picture and the tag under which browsers may keep it. */
export interface PageImage {
  readonly etag: string;
  /** Makes the JPEG; not called where the browser has it already. */
  load(): Promise<Uint8Array>;
}

/** Thumbnails of some hundred pages; made again when they fell out. */
const CACHE_BYTES = 32_000_000;
const cache = new Map<string, Uint8Array>();
let cachedBytes = 0;

/**
 * A page's picture as JPEG, at most 2,000 px along its longer side, or `width` px wide where that is less.
 * @throws InkformError `not-found`
 */
export async function findPageImage(runtime: Runtime, pageId: string, width: number | undefined): Promise<PageImage> {
  const page = await runtime.database.client.page.findUnique({ where: { id: pageId }, select: { previewSha256: true } });
  if (page === null) throw new InkformError("not-found", `There is no page ${pageId}; its scan may have been deleted.`);
  const sha256 = page.previewSha256;
  if (sha256 === null) throw new InkformError("not-found", "This page has no picture: it could not be decoded.");
  if (width === undefined) return { etag: `"${sha256}"`, load: () => runtime.blobs.get(sha256) };
  const key = `${sha256}-${width}`;
  return {
    etag: `"${key}"`,
    async load() {
      const kept = cache.get(key);
      if (kept !== undefined) return kept;
      const made = await resizeJpeg(await runtime.blobs.get(sha256), width);
      remember(key, made);
      return made;
    },
  };
}

function remember(key: string, bytes: Uint8Array): void {
  if (cache.has(key)) return;
  cache.set(key, bytes);
  cachedBytes += bytes.length;
  for (const [oldest, { length }] of cache) {
    if (cachedBytes <= CACHE_BYTES) return;
    cache.delete(oldest);
    cachedBytes -= length;
  }
}
