import { route } from "../../../lib/server/http/route.ts";
import { startDemo } from "../../../lib/server/services/demo/start-demo.ts";

export const POST = route({ status: 202 }, ({ runtime }) => startDemo(runtime));
