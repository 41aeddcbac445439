import type { CollectionView } from "../../../contracts/collections.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import type { Runtime } from "../../runtime.ts";
import { listCollections } from "./list-collections.ts";

/** @throws InkformError `not-found` */
export async function getCollection(runtime: Runtime, slug: string): Promise<CollectionView> {
  const [collection] = await listCollections(runtime, slug);
  if (collection === undefined)
    throw new InkformError("not-found", `There is no collection "${slug}". The start page lists those that are here.`);
  return collection;
}
