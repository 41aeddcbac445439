import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { fileResponse } from "../../../../../lib/server/http/file-response.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { readCrop } from "../../../../../lib/server/services/glyphs/read-crop.ts";

export const GET = route({ params: idParams }, async ({ runtime, params }) =>
  fileResponse(await readCrop(runtime, params.id), { type: "image/png", immutable: true }),
);
