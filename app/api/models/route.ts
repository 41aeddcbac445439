import { route } from "../../../lib/server/http/route.ts";
import { listModels } from "../../../lib/server/services/models/list-models.ts";

export const GET = route({}, async ({ runtime }) => ({ models: await listModels(runtime) }));
