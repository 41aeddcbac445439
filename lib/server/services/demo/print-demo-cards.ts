import { buildCard } from "../../../card/build-card.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import type { Runtime } from "../../runtime.ts";
import { DEMO_CARDS } from "./demo-plan.ts";

/** Records the demo's cards as a batch, once: so they can be downloaded like any other batch. */
export async function printDemoCards(runtime: Runtime, collection: { readonly id: string }): Promise<void> {
  const { template, paper, dropOut, seed, copies } = DEMO_CARDS;
  const codes = Array.from({ length: copies }, (_, i) => buildCard({ template, paper, dropOut, seed: seed + i }).code);
  await runtime.database.transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Collection" WHERE "id" = ${collection.id} FOR UPDATE`;
    if ((await tx.cardBatch.count({ where: { collectionId: collection.id } })) > 0) return;
    await tx.cardBatch.create({ data: { id: newId(), collectionId: collection.id, spec: toJson(DEMO_CARDS), copies, codes } });
  });
}
