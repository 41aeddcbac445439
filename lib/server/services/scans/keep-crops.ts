import type { Tx } from "../../db/database.ts";
import { GlyphStatus } from "../../db/generated/enums.ts";
import type { Runtime } from "../../runtime.ts";

/** Crops of a page that go on into its next blob. */
export interface KeptCrops {
  readonly bytes: Uint8Array;
  /** Where each glyph's crop begins in `bytes`. */
  readonly offsets: ReadonlyMap<string, number>;
}

/** The crops of what people have cut on a page, and of what that took the place of: no new reading makes them. */
export async function readCutCrops(runtime: Runtime, pageId: string): Promise<KeptCrops> {
  const { client } = runtime.database;
  const cuts = await client.glyphCut.findMany({ where: { pageId }, select: { after: true } });
  if (cuts.length === 0) return { bytes: new Uint8Array(0), offsets: new Map() };
  const page = await client.page.findUnique({ where: { id: pageId }, select: { cropsSha256: true } });
  const glyphs = await client.glyph.findMany({
    where: { pageId, cropWidth: { gt: 0 }, OR: [{ status: GlyphStatus.superseded }, { id: { in: cuts.flatMap(({ after }) => after) } }] },
    select: { id: true, cropOffset: true, cropWidth: true, cropHeight: true },
  });
  if (glyphs.length === 0 || page === null || page.cropsSha256 === null) return { bytes: new Uint8Array(0), offsets: new Map() };
  const crops = await runtime.blobs.get(page.cropsSha256);
  const parts = glyphs.map(({ cropOffset, cropWidth, cropHeight }) => crops.subarray(cropOffset, cropOffset + cropWidth * cropHeight));
  const offsets = new Map<string, number>();
  let offset = 0;
  for (const [i, { id }] of glyphs.entries()) {
    offsets.set(id, offset);
    offset += parts[i].length;
  }
  return { bytes: new Uint8Array(Buffer.concat(parts)), offsets };
}

/** Says of glyphs that stay where their crops are now: `start` is where the kept ones begin in the page's new blob. */
export async function placeKeptCrops(
  tx: Tx,
  ids: readonly string[],
  { offsets, start }: { offsets: KeptCrops["offsets"]; start: number },
): Promise<void> {
  for (const id of ids) {
    const offset = offsets.get(id);
    if (offset !== undefined) await tx.glyph.update({ where: { id }, data: { cropOffset: start + offset } });
  }
}
