import { deleteGoldSchema, putGoldSchema } from "../../../../../lib/contracts/review-queue.ts";
import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { deleteGold } from "../../../../../lib/server/services/gold/delete-gold.ts";
import { listGold } from "../../../../../lib/server/services/gold/list-gold.ts";
import { putGold } from "../../../../../lib/server/services/gold/put-gold.ts";

export const GET = route({ params: slugParams }, ({ runtime, params }) => listGold(runtime.database.client, params.slug));

export const PUT = route({ params: slugParams, body: putGoldSchema }, ({ runtime, params, body }) => putGold(runtime, params.slug, body));

export const DELETE = route({ params: slugParams, body: deleteGoldSchema }, ({ runtime, params, body }) =>
  deleteGold(runtime, params.slug, body.glyphId),
);
