import { glyphDetailQuerySchema } from "../../../../lib/contracts/review.ts";
import { idParams } from "../../../../lib/contracts/route-params.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { getGlyph } from "../../../../lib/server/services/glyphs/get-glyph.ts";

export const GET = route({ params: idParams, query: glyphDetailQuerySchema }, ({ runtime, params, query }) =>
  getGlyph(runtime.database.client, params.id, query),
);
