import { releaseSchema } from "../../../../../../lib/contracts/review-queue.ts";
import { slugParams } from "../../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../../lib/server/http/route.ts";
import { releaseSession } from "../../../../../../lib/server/services/review/release-session.ts";

export const POST = route({ params: slugParams, body: releaseSchema }, ({ runtime, params, body }) =>
  releaseSession(runtime.database.client, params.slug, body.session),
);
