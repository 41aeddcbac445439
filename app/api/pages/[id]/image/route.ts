import { z } from "zod";
import { idParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { findPageImage } from "../../../../../lib/server/services/pages/read-page-image.ts";

const query = z.strictObject({ width: z.coerce.number().int().min(16).max(2000).optional() });

export const GET = route({ params: idParams, query }, async ({ runtime, params, query: { width }, request }) => {
  const { etag, load } = await findPageImage(runtime, params.id, width);
  const headers = { etag, "cache-control": "private, no-cache" };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  const bytes = await load();
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { ...headers, "content-type": "image/jpeg", "content-length": String(bytes.length) },
  });
});
