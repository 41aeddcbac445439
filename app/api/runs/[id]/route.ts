import { z } from "zod";
import { idParams } from "../../../../lib/contracts/route-params.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { getRun } from "../../../../lib/server/services/runs/get-run.ts";

const query = z.strictObject({ after: z.coerce.number().int().min(0).default(0) });

export const GET = route({ params: idParams, query }, ({ runtime, params, query: { after } }) =>
  getRun(runtime.database.client, params.id, after),
);
