import type { z } from "zod";
import type { CollectionView, createCollectionSchema } from "../../../contracts/collections.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { isUniqueViolation } from "../../db/database-errors.ts";
import { newId } from "../../db/new-id.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollection } from "./get-collection.ts";

/** @throws InkformError `conflict` where the slug is taken. */
export async function createCollection(runtime: Runtime, input: z.infer<typeof createCollectionSchema>): Promise<CollectionView> {
  try {
    await runtime.database.client.collection.create({ data: { id: newId(), ...input } });
  } catch (error) {
    if (isUniqueViolation(error))
      throw new InkformError("conflict", `There is a collection "${input.slug}" already. Choose another short name.`);
    throw error;
  }
  return getCollection(runtime, input.slug);
}
