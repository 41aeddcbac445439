import type { Tx } from "../../db/database.ts";

/** The next run's number in its collection. Locks the collection until the transaction ends: two at once would otherwise both take it. */
export async function takeRunNumber(tx: Tx, collectionId: string): Promise<number> {
  await tx.$queryRaw`SELECT "id" FROM "Collection" WHERE "id" = ${collectionId} FOR UPDATE`;
  const latest = await tx.run.aggregate({ where: { collectionId }, _max: { number: true } });
  return (latest._max.number ?? 0) + 1;
}
