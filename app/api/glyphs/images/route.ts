import { z } from "zod";
import { fileResponse } from "../../../../lib/server/http/file-response.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { readGlyphImages } from "../../../../lib/server/services/glyphs/read-glyph-images.ts";

const query = z.strictObject({ ids: z.string().transform((ids) => ids.split(",").filter((id) => id !== "")) });

export const GET = route({ query }, async ({ runtime, query: { ids } }) =>
  fileResponse(await readGlyphImages(runtime.database, ids), { type: "application/octet-stream", immutable: true }),
);
