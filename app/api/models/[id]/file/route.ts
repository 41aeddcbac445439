import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { modelFileQuerySchema } from "../../../../../lib/contracts/runs.ts";
import { fileResponse } from "../../../../../lib/server/http/file-response.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { downloadModel } from "../../../../../lib/server/services/models/download-model.ts";

export const GET = route({ params: idParams, query: modelFileQuerySchema }, async ({ runtime, params, query }) => {
  const { bytes, fileName } = await downloadModel(runtime, params.id, query.format);
  return fileResponse(bytes, { type: "application/octet-stream", fileName });
});
