import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { createEvaluationSchema } from "../../../../../lib/contracts/runs.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { evaluateModel } from "../../../../../lib/server/services/evaluations/evaluate-model.ts";

export const POST = route({ params: idParams, body: createEvaluationSchema }, ({ runtime, params, body }) =>
  evaluateModel(runtime, params.id, body.set),
);
