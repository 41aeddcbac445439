import { randomInt } from "node:crypto";
import type { AuditView } from "../../../contracts/quality.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { Rng } from "../../../core/rng.ts";
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
  const labelled = await db.glyph.findMany({
    where: { collectionId, status: { not: "blank" }, OR: [{ label: { not: null } }, { unusable: true }] },
    select: { id: true, label: true, unusable: true },
    orderBy: { id: "asc" },
  });
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
