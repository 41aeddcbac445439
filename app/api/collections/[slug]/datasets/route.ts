import { createDatasetSchema } from "../../../../../lib/contracts/datasets.ts";
import { slugParams } from "../../../../../lib/contracts/route-params.ts";
import { route } from "../../../../../lib/server/http/route.ts";
import { createDataset } from "../../../../../lib/server/services/datasets/create-dataset.ts";
import { listDatasets } from "../../../../../lib/server/services/datasets/list-datasets.ts";

export const GET = route({ params: slugParams }, async ({ runtime, params }) => ({
  datasets: await listDatasets(runtime.database.client, params.slug),
}));

export const POST = route({ params: slugParams, body: createDatasetSchema, status: 201 }, ({ runtime, params, body }) =>
  createDataset(runtime, params.slug, body),
);
