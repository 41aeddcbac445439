import { glyphQuerySchema } from "../../../../../lib/contracts/review.ts";
import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { listGlyphs } from "../../../../../lib/server/services/glyphs/list-glyphs.ts";

export const GET = route({ params: slugParams, query: glyphQuerySchema }, ({ runtime, params, query }) =>
  listGlyphs(runtime, params.slug, query),
);
