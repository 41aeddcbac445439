import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { getQuality } from "../../../../../lib/server/services/quality/get-quality.ts";
import { startFusion } from "../../../../../lib/server/services/quality/start-fusion.ts";

export const GET = route({ params: slugParams }, ({ runtime, params }) => getQuality(runtime.database.client, params.slug));

export const POST = route({ params: slugParams }, ({ runtime, params }) => startFusion(runtime, params.slug));
