import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { resumeRun } from "../../../../../lib/server/services/runs/resume-run.ts";

export const POST = route({ params: idParams }, ({ runtime, params }) => resumeRun(runtime, params.id));
