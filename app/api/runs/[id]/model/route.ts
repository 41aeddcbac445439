import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { fileResponse } from "../../../../../lib/server/http/file-response.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { readModel } from "../../../../../lib/server/services/models/read-model.ts";

export const GET = route({ params: idParams }, async ({ runtime, params }) => {
  const { bytes, fileName } = await readModel(runtime, params.id);
  return fileResponse(bytes, { type: "application/octet-stream", fileName });
});
