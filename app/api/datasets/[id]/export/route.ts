import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { fileResponse } from "../../../../../lib/server/http/file-response.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { exportDataset } from "../../../../../lib/server/services/datasets/export-dataset.ts";

export const GET = route({ params: idParams }, async ({ runtime, params }) => {
  const { fileName, stream } = await exportDataset(runtime, params.id);
  return fileResponse(stream, { type: "application/zip", fileName });
});
