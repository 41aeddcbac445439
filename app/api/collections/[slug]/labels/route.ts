import { recordLabelsSchema } from "../../../../../lib/contracts/review.ts";
import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { recordLabels } from "../../../../../lib/server/services/labels/record-labels.ts";

export const POST = route({ params: slugParams, body: recordLabelsSchema }, async ({ runtime, params, body }) => ({
  glyphs: await recordLabels(runtime, params.slug, body),
}));
