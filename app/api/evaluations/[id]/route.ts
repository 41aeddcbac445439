import { idParams } from "../../../../lib/contracts/route-params.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { getEvaluation } from "../../../../lib/server/services/evaluations/get-evaluation.ts";

export const GET = route({ params: idParams }, ({ runtime, params }) => getEvaluation(runtime.database.client, params.id));
