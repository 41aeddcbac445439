import { idParams } from "../../../../lib/contracts/route-params.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { getJob } from "../../../../lib/server/jobs/view-job.ts";

export const GET = route({ params: idParams }, ({ runtime, params }) => getJob(runtime.database.client, params.id));
