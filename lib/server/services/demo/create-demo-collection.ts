import type { Tx } from "../../db/database.ts";
import { isUniqueViolation } from "../../db/database-errors.ts";
import { newId } from "../../db/new-id.ts";
import type { Runtime } from "../../runtime.ts";

/**
 * Makes a fresh collection: demo, demo-2, ...
 * @param within done in the same transaction, so that neither is there without the other
 */
export async function createDemoCollection<T>(
  runtime: Runtime,
  within: (tx: Tx, slug: string) => Promise<T>,
): Promise<{ slug: string; result: T }> {
  for (let number = 1; ; number++) {
    const slug = number === 1 ? "demo" : `demo-${number}`;
    if ((await runtime.database.client.collection.findUnique({ where: { slug }, select: { id: true } })) !== null) continue;
    try {
      const result = await runtime.database.transaction(async (tx) => {
        await tx.collection.create({ data: { id: newId(), slug, name: number === 1 ? "Demo" : `Demo ${number}` } });
        return within(tx, slug);
      });
      return { slug, result };
    } catch (error) {
      // Somebody else took the name at the same moment.
      if (!isUniqueViolation(error)) throw error;
    }
  }
}
