import { createAuditSchema } from "../../../../../lib/contracts/quality.ts";
import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { createAudit } from "../../../../../lib/server/services/quality/create-audit.ts";

export const POST = route({ params: slugParams, body: createAuditSchema }, ({ runtime, params, body }) =>
  createAudit(runtime, params.slug, body),
);
