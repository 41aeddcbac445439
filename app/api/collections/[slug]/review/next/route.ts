import { nextSchema } from "../../../../../../lib/contracts/review-queue.ts";
import { slugParams } from "../../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../../lib/server/http/route.ts";
import { handOut } from "../../../../../../lib/server/services/review/hand-out.ts";

export const POST = route({ params: slugParams, body: nextSchema }, ({ runtime, params, body }) => handOut(runtime, params.slug, body));
