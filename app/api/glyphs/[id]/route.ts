import { idParams } from "../../../../lib/contracts/route-params.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { getGlyph } from "../../../../lib/server/services/glyphs/get-glyph.ts";

export const GET = route({ params: idParams }, ({ runtime, params }) => getGlyph(runtime.database.client, params.id));
