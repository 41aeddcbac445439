import { z } from "zod";
import { idSchema } from "../../../../../../lib/contracts/common.ts";
import { slugParams } from "../../../../../../lib/contracts/route-params.ts";
import { fileResponse } from "../../../../../../lib/server/http/file-response.ts";
import { route } from "../../../../../../lib/server/http/route.ts";
import { reportScans } from "../../../../../../lib/server/services/scans/report-scans.ts";

const query = z.strictObject({ batch: idSchema.optional() });

export const GET = route({ params: slugParams, query }, async ({ runtime, params, query: { batch } }) =>
  fileResponse(await reportScans(runtime, params.slug, batch), { type: "text/csv; charset=utf-8", fileName: `scans-${params.slug}.csv` }),
);
