import { recordCutSchema } from "../../../../../lib/contracts/cuts.ts";
import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { recordCut } from "../../../../../lib/server/services/cuts/record-cut.ts";

export const POST = route({ params: idParams, body: recordCutSchema }, ({ runtime, params, body }) => recordCut(runtime, params.id, body));
