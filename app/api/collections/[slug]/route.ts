import { slugParams } from "../../../../lib/contracts/route-params.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { getCollection } from "../../../../lib/server/services/collections/get-collection.ts";

export const GET = route({ params: slugParams }, ({ runtime, params }) => getCollection(runtime, params.slug));
