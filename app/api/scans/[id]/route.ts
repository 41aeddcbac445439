import { idParams } from "../../../../lib/contracts/route-params.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { deleteScan } from "../../../../lib/server/services/scans/delete-scan.ts";
import { getScan } from "../../../../lib/server/services/scans/list-scans.ts";

export const GET = route({ params: idParams }, ({ runtime, params }) => getScan(runtime, params.id));

export const DELETE = route({ params: idParams }, ({ runtime, params }) => deleteScan(runtime, params.id));
