import { assertArgument } from "../../../core/assert.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Database } from "../../db/database.ts";

const PIXELS = 784;

/** Addresses longer than 16 kB are refused by Node's server: 500 ids of 20 characters stay below. */
export const MAX_IMAGES = 500;

/**
 * Images of glyphs in the order of their ids, packed: n x 784 bytes, 255 = ink.
 * @throws InkformError `invalid-argument` (more than 500, or none), `not-found`
 */
export async function readGlyphImages(database: Database, ids: readonly string[]): Promise<Uint8Array> {
  assertArgument(ids.length > 0 && ids.length <= MAX_IMAGES, `ask for 1 to ${MAX_IMAGES} images at a time, not ${ids.length}`);
  return collectGlyphImages(database, ids);
}

/** Likewise for any number, in pieces that keep the embedded database's one thread free for others in between. */
export async function collectGlyphImages(database: Database, ids: readonly string[]): Promise<Uint8Array> {
  const images = new Uint8Array(ids.length * PIXELS);
  for (let start = 0; start < ids.length; start += MAX_IMAGES) {
    const piece = ids.slice(start, start + MAX_IMAGES);
    const rows = await database.query<{ id: string; image: Uint8Array }>('SELECT "id", "image" FROM "Glyph" WHERE "id" = ANY($1)', [piece]);
    const byId = new Map(rows.map((row) => [row.id, row.image]));
    piece.forEach((id, i) => {
      const image = byId.get(id);
      if (image === undefined)
        throw new InkformError("not-found", `There is no glyph ${id}; its scan may have been deleted. Reload the page.`);
      images.set(image, (start + i) * PIXELS);
    });
  }
  return images;
}
