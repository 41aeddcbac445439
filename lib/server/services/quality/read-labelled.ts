import { InkformError } from "../../../core/inkform-error.ts";
import { Rng } from "../../../core/rng.ts";
import type { Database } from "../../db/database.ts";
import { collectGlyphImages } from "../glyphs/read-glyph-images.ts";
import type { SuspectTask } from "./find-suspects.ts";

/** The embedded database does one piece at a time; others get their turn in between. */
const PIECE = 5000;
/** 160 MB of images; of more a random part is looked at. */
const MOST = 200_000;
/** A network that learns from fewer says nothing of a label. */
const LEAST = 100;

export interface Labelled extends Omit<SuspectTask, "settings"> {
  readonly ids: readonly string[];
}

/**
 * A collection's glyphs with a class that counts, whoever gave it.
 * @throws InkformError `conflict` where there is too little to learn from
 */
export async function readLabelled(database: Database, collectionId: string): Promise<Labelled> {
  let rows: { id: string; label: string | null; writer: string }[] = [];
  for (let after = ""; ; after = rows.at(-1)!.id) {
    const piece = await database.client.glyph.findMany({
      where: { collectionId, id: { gt: after }, label: { not: null }, status: { notIn: ["blank", "superseded"] } },
      select: { id: true, label: true, writer: true },
      orderBy: { id: "asc" },
      take: PIECE,
    });
    rows = rows.concat(piece);
    if (piece.length < PIECE) break;
  }
  if (rows.length > MOST) {
    const order = new Rng(1).shuffle(Uint32Array.from(rows.keys()));
    rows = [...order.subarray(0, MOST)].sort((a, b) => a - b).map((n) => rows[n]);
  }
  const classes = [...new Set(rows.map(({ label }) => label!))].sort();
  const writers = rows.map(({ writer }) => writer);
  if (rows.length < LEAST || classes.length < 2 || new Set(writers).size < 2) {
    throw new InkformError(
      "conflict",
      `Label errors are found by networks that have not seen a writer's glyphs: that takes ${LEAST} labelled glyphs at least, of two writers and two classes. Here are ${rows.length}, of ${new Set(writers).size} and ${classes.length}. Add scans, or enter the pages' writer codes; no label was changed.`,
    );
  }
  const ids = rows.map(({ id }) => id);
  const labels = Uint8Array.from(rows, ({ label }) => classes.indexOf(label!));
  return { ids, labels, writers, classes, images: await collectGlyphImages(database, ids) };
}
