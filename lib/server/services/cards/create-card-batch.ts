import type { PrintCards } from "../../../contracts/cards.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { printCards } from "../print-cards.ts";

/**
 * Prints cards and records the batch. The same request again is the same batch: the same cards, downloaded twice.
 * @throws InkformError `not-found` (no such collection), `invalid-argument` (no card can be made of it)
 */
export async function createCardBatch(runtime: Runtime, slug: string, request: PrintCards): Promise<{ pdf: Uint8Array; fileName: string }> {
  const { database } = runtime;
  const collectionId = await getCollectionId(database.client, slug);
  const { pdf, manifest } = await printCards(request);
  const codes = manifest.cards.map((card) => card.code);
  await database.transaction(async (tx) => {
    // Two clicks at once: the second waits for the first one's batch to be seen.
    await tx.$queryRaw`SELECT "id" FROM "Collection" WHERE "id" = ${collectionId} FOR UPDATE`;
    const earlier = await tx.cardBatch.findFirst({ where: { collectionId, codes: { equals: codes } }, select: { id: true } });
    if (earlier === null)
      await tx.cardBatch.create({ data: { id: newId(), collectionId, spec: toJson(request), copies: request.copies, codes } });
  });
  return { pdf, fileName: `inkform-${slug}-${request.template}-${request.seed}.pdf` };
}
