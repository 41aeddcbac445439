import { idParams } from "../../../../lib/contracts/route-params.ts";
import { route } from "../../../../lib/server/http/route.ts";
import { getDataset } from "../../../../lib/server/services/datasets/get-dataset.ts";
import { viewDataset } from "../../../../lib/server/services/datasets/view-dataset.ts";

export const GET = route({ params: idParams }, async ({ runtime, params }) =>
  viewDataset(await getDataset(runtime.database.client, params.id)),
);
