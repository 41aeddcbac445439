import type { JobRegistration } from "./jobs/job-handler.ts";
import type { Runtime } from "./runtime.ts";
import { handleDemo } from "./services/demo/run-demo.ts";
import { handleMnistDownload } from "./services/mnist/run-mnist-download.ts";
import { handleFindLabelErrors } from "./services/quality/run-find-label-errors.ts";
import { handleFuseCollection } from "./services/quality/run-fuse-collection.ts";
import { handleTraining } from "./services/runs/run-training.ts";
import { handleReadPage } from "./services/scans/run-read-page.ts";
import { handleReadScan } from "./services/scans/run-read-scan.ts";

/** Every kind of job that this program does. */
export function createRegistrations(runtime: Runtime): JobRegistration[] {
  return [
    handleReadScan(runtime),
    handleReadPage(runtime),
    handleTraining(runtime),
    handleMnistDownload(runtime),
    handleDemo(runtime),
    handleFuseCollection(runtime),
    handleFindLabelErrors(runtime),
  ];
}
