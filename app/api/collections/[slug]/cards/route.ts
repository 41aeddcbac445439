import { printCardsSchema } from "../../../../../lib/contracts/cards.ts";
import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { fileResponse } from "../../../../../lib/server/http/file-response.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { createCardBatch } from "../../../../../lib/server/services/cards/create-card-batch.ts";

export const POST = route({ params: slugParams, body: printCardsSchema }, async ({ runtime, params, body }) => {
  const { pdf, fileName } = await createCardBatch(runtime, params.slug, body);
  return fileResponse(pdf, { type: "application/pdf", fileName });
});
