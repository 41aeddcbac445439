import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { retryScan } from "../../../../../lib/server/services/scans/retry-scan.ts";

export const POST = route({ params: idParams }, ({ runtime, params }) => retryScan(runtime, params.id));
