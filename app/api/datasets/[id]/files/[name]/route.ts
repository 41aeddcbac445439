import { z } from "zod";
import { idParams } from "../../../../../../lib/contracts/route-params.ts";
import { fileResponse } from "../../../../../../lib/server/http/file-response.ts";
import { route } from "../../../../../../lib/server/http/route.ts";
import { readDatasetFile } from "../../../../../../lib/server/services/datasets/read-dataset-file.ts";

const params = idParams.extend({ name: z.string().max(80) });

export const GET = route({ params }, async ({ runtime, params: { id, name } }) => {
  const { stream, bytes } = await readDatasetFile(runtime, id, name);
  const type = name.endsWith(".json") ? "application/json" : "application/gzip";
  return fileResponse(stream, { type, bytes, fileName: name, immutable: true });
});
