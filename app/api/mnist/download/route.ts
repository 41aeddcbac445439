import { route } from "../../../../lib/server/http/route.ts";
import { startMnistDownload } from "../../../../lib/server/services/mnist/start-mnist-download.ts";

export const POST = route({ status: 202 }, ({ runtime }) => startMnistDownload(runtime));
