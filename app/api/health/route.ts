import { route } from "../../../lib/server/http/route.ts";
import { getHealth } from "../../../lib/server/services/health/get-health.ts";

export const GET = route({}, ({ runtime }) => getHealth(runtime));
