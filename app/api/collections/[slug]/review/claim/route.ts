import { claimShownSchema } from "../../../../../../lib/contracts/review-grid.ts";
import { slugParams } from "../../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../../lib/server/http/route.ts";
import { claimShown } from "../../../../../../lib/server/services/review/claim-shown.ts";

export const POST = route({ params: slugParams, body: claimShownSchema }, async ({ runtime, params, body }) => ({
  taken: await claimShown(runtime, params.slug, body),
}));
