import { type MnistView, mnistViewSchema } from "../../../../../lib/contracts/datasets.ts";
import { getJson } from "../../../../_components/api-client.ts";
import { type Polled, usePolling } from "../../../../_components/use-polling.ts";

/** MNIST's files and the download that may be under way. */
export function useMnist(): Polled<MnistView> {
  return usePolling("mnist", (signal) => getJson(mnistViewSchema, "/api/mnist", signal), {
    active: (view) => view.job?.state === "queued" || view.job?.state === "running",
  });
}
