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
  const { client } = runtime.database;
  const collectionId = await getCollectionId(client, slug);
  const { pdf, manifest } = await printCards(request);
  const codes = manifest.cards.map((card) => card.code);
  const earlier = await client.cardBatch.findFirst({ where: { collectionId, codes: { equals: codes } }, select: { id: true } });
  if (earlier === null)
    await client.cardBatch.create({ data: { id: newId(), collectionId, spec: toJson(request), copies: request.copies, codes } });
  return { pdf, fileName: `inkform-${slug}-${request.template}-${request.seed}.pdf` };
}
