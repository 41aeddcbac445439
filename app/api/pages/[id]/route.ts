import { idParams } from "../../../../lib/contracts/route-params.ts";
import { updatePageSchema } from "../../../../lib/contracts/scans.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { getPage } from "../../../../lib/server/services/pages/get-page.ts";
import { updatePageWriter } from "../../../../lib/server/services/pages/update-page-writer.ts";

export const GET = route({ params: idParams }, ({ runtime, params }) => getPage(runtime, params.id));

export const PATCH = route({ params: idParams, body: updatePageSchema }, ({ runtime, params, body }) =>
  updatePageWriter(runtime, params.id, body.writer),
);
