import { z } from "zod";
import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { readBody } from "../../../../../lib/server/http/read-body.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { keepModel, MAX_MODEL_BYTES } from "../../../../../lib/server/services/runs/keep-model.ts";

const query = z.strictObject({ dataset: z.string().min(1).max(64) });

export const POST = route(
  { params: slugParams, query, body: "bytes", status: 201 },
  async ({ runtime, request, params, query: { dataset } }) =>
    keepModel(runtime, params.slug, { dataset, bytes: await readBody(request, MAX_MODEL_BYTES) }),
);
