import { randomInt } from "node:crypto";
import type { AuditView } from "../../../contracts/quality.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { Rng } from "../../../core/rng.ts";
import type { Queryable } from "../../db/database.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { viewAudit } from "./view-audit.ts";

/**
 * Draws a random sample of the collection's labels, each with the same chance, to be checked by a person.
 * @param size fewer where there are not so many
 * @throws InkformError `not-found`; `conflict` where nothing is labelled
 */
export async function createAudit(runtime: Runtime, slug: string, { size }: { size: number }): Promise<AuditView> {
  const db = runtime.database.client;
  const collectionId = await getCollectionId(db, slug);
  const labelled = await readLabelled(db, collectionId);
  if (labelled.length === 0) throw new InkformError("conflict", "There is no label to check yet: add scans of filled-in cards first.");
  const order = new Rng(randomInt(2 ** 32)).shuffle(Uint32Array.from(labelled.keys()));
  const sample = [...order.subarray(0, size)].map((n) => ({
    glyphId: labelled[n].id,
    label: labelled[n].unusable ? null : labelled[n].label,
  }));
  const newest = await db.label.aggregate({ _max: { seq: true } });
  const row = await db.audit.create({
    data: { id: newId(), collectionId, population: labelled.length, lastSeq: newest._max.seq ?? 0n, sample: toJson(sample) },
  });
  return viewAudit(db, row);
}

/** The embedded database does one piece at a time; others get their turn in between. */
const PIECE = 5000;

interface Labelled {
  readonly id: string;
  readonly label: string | null;
  readonly unusable: boolean;
}

async function readLabelled(db: Queryable, collectionId: string): Promise<Labelled[]> {
  const labelled: Labelled[] = [];
  for (;;) {
    const rows = await db.$queryRaw<Labelled[]>`
      SELECT "id", "label", "unusable" FROM "Glyph" WHERE "collectionId" = ${collectionId} AND "id" > ${labelled.at(-1)?.id ?? ""}
        AND "status" <= 'labelled' AND ("label" IS NOT NULL OR "unusable") ORDER BY "id" LIMIT ${PIECE}`;
    labelled.push(...rows);
    if (rows.length < PIECE) return labelled;
  }
}
