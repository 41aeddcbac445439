import { route } from "../../../lib/server/http/route.ts";
import { getMnist } from "../../../lib/server/services/mnist/get-mnist.ts";

export const GET = route({}, ({ runtime }) => getMnist(runtime));
