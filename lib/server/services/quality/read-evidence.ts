import type { GlyphEvidence, SignedLabel } from "../../../label/fusion/build-fusion-input.ts";
import type { Database } from "../../db/database.ts";

/** The embedded database does one piece at a time; others get their turn in between. */
const PIECE = 5000;

export interface CollectionGlyph {
  readonly id: string;
  readonly pageId: string;
  readonly field: string;
  readonly fieldIndex: number;
  readonly index: number;
  readonly prompt: string | null;
  readonly status: string;
  readonly writer: string;
  readonly label: string | null;
  readonly unusable: boolean;
  readonly reviewed: boolean;
}

/** What a page tells about how its glyphs came to be. */
export interface CollectionPage {
  readonly template: string | null;
  readonly device: string | null;
  readonly dpi: number | null;
  readonly blurMm: number | null;
}

/** All that was said of a collection's glyphs, glyph by glyph, in the order of their ids. `lastSeq`: the newest label in it. */
export async function readEvidence(
  database: Database,
  collectionId: string,
): Promise<{ glyphs: CollectionGlyph[]; evidence: GlyphEvidence[]; lastSeq: bigint }> {
  const glyphs: CollectionGlyph[] = [];
  const evidence: GlyphEvidence[] = [];
  let lastSeq = 0n;
  for (let after = ""; ; after = glyphs.at(-1)!.id) {
    const rows = await database.client.glyph.findMany({
      where: { collectionId, id: { gt: after }, status: { not: "superseded" } },
      select: {
        id: true,
        pageId: true,
        field: true,
        fieldIndex: true,
        index: true,
        prompt: true,
        status: true,
        writer: true,
        label: true,
        unusable: true,
        reviewed: true,
        labels: {
          orderBy: { seq: "asc" },
          select: { seq: true, source: true, kind: true, by: true, value: true, pass: true, clientId: true, probability: true },
        },
      },
      orderBy: { id: "asc" },
      take: PIECE,
    });
    for (const { labels, ...glyph } of rows) {
      glyphs.push(glyph);
      const last = labels.at(-1)?.seq ?? 0n;
      if (last > lastSeq) lastSeq = last;
      evidence.push({
        fieldKey: `${glyph.pageId} ${glyph.fieldIndex}`,
        place: glyph.index,
        prompt: glyph.prompt,
        blank: glyph.status === "blank",
        labels: labels satisfies readonly SignedLabel[],
      });
    }
    if (rows.length < PIECE) return { glyphs, evidence, lastSeq };
  }
}

/** The pages of a collection that were read, by id. */
export async function readPagesOf(database: Database, collectionId: string): Promise<Map<string, CollectionPage>> {
  const rows = await database.client.page.findMany({
    where: { collectionId, state: "read" },
    select: { id: true, template: true, device: true, dpi: true, blurMm: true },
  });
  return new Map(rows.map(({ id, ...page }) => [id, page]));
}
