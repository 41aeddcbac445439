import { createCollectionSchema } from "../../../lib/contracts/collections.ts";
import { route } from "../../../lib/server/http/route.ts";
import { createCollection } from "../../../lib/server/services/collections/create-collection.ts";
import { listCollections } from "../../../lib/server/services/collections/list-collections.ts";

export const GET = route({}, async ({ runtime }) => ({ collections: await listCollections(runtime) }));

export const POST = route({ body: createCollectionSchema, status: 201 }, ({ runtime, body }) => createCollection(runtime, body));
