import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { stopRun } from "../../../../../lib/server/services/runs/stop-run.ts";

export const POST = route({ params: idParams }, ({ runtime, params }) => stopRun(runtime, params.id));
