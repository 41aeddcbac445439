import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { readAgainSchema } from "../../../../../lib/contracts/scans.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { readPageAgain } from "../../../../../lib/server/services/scans/read-page-again.ts";

export const POST = route({ params: idParams, body: readAgainSchema, status: 202 }, ({ runtime, params, body }) =>
  readPageAgain(runtime, params.id, body),
);
