import { z } from "zod";
import { idSchema } from "../../../../../lib/contracts/common.ts";
import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { MAX_FILE_BYTES } from "../../../../../lib/server/codec/limits.ts";
import { boundStream } from "../../../../../lib/server/http/read-body.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { listScans } from "../../../../../lib/server/services/scans/list-scans.ts";
import { uploadScan } from "../../../../../lib/server/services/scans/upload-scan.ts";

/** Names are shown and offered for download: no path, no control characters. */
const uploadQuery = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(255)
    .transform((name) => (name.split(/[\\/]/).at(-1) ?? "").replaceAll(/\p{Cc}/gu, "").trim() || "unnamed"),
  batch: idSchema.optional(),
});

export const GET = route({ params: slugParams }, async ({ runtime, params }) => ({ scans: await listScans(runtime, params.slug) }));

export const POST = route({ params: slugParams, query: uploadQuery, body: "bytes", status: 201 }, ({ runtime, params, query, request }) =>
  uploadScan(runtime, params.slug, query, boundStream(request, MAX_FILE_BYTES)),
);
