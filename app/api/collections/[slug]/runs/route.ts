import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { createRunSchema } from "../../../../../lib/contracts/runs.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { createRun } from "../../../../../lib/server/services/runs/create-run.ts";
import { listRuns } from "../../../../../lib/server/services/runs/list-runs.ts";

export const GET = route({ params: slugParams }, async ({ runtime, params }) => ({
  runs: await listRuns(runtime.database.client, params.slug),
}));

export const POST = route({ params: slugParams, body: createRunSchema, status: 201 }, ({ runtime, params, body }) =>
  createRun(runtime, params.slug, body),
);
