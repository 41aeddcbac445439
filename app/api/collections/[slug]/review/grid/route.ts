import { gridQuerySchema } from "../../../../../../lib/contracts/review-grid.ts";
import { slugParams } from "../../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../../lib/server/http/route.ts";
import { listGrid } from "../../../../../../lib/server/services/review/list-grid.ts";

export const GET = route({ params: slugParams, query: gridQuerySchema }, ({ runtime, params, query }) =>
  listGrid(runtime, params.slug, query),
);
