import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { startLabelErrors } from "../../../../../lib/server/services/quality/start-label-errors.ts";

export const POST = route({ params: slugParams, status: 202 }, ({ runtime, params }) => startLabelErrors(runtime, params.slug));
