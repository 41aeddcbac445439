import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { fileResponse } from "../../../../../lib/server/http/file-response.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { readMeans } from "../../../../../lib/server/services/datasets/read-means.ts";

export const GET = route({ params: idParams }, async ({ runtime, params }) =>
  fileResponse(await readMeans(runtime, params.id), { type: "application/octet-stream", immutable: true }),
);
