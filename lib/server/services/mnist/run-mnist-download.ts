import { handleJob, type JobRegistration } from "../../jobs/job-handler.ts";
import type { Runtime } from "../../runtime.ts";
import { downloadMnist } from "./download-mnist.ts";
import { downloadMnistJob } from "./download-mnist-job.ts";
import { findMnist } from "./find-mnist.ts";
import { storeMnistFile } from "./store-mnist-file.ts";

/** Does the download; what was fetched before a kill is not fetched again. */
export function handleMnistDownload(runtime: Runtime): JobRegistration {
  return handleJob(downloadMnistJob, async ({ signal, progress }) => {
    const have = new Set((await findMnist(runtime)).keys());
    await downloadMnist({
      have,
      signal,
      report: progress,
      ...(runtime.env.mnistMirrors.length > 0 && { mirrors: runtime.env.mnistMirrors }),
      store: (file, packed) => storeMnistFile(runtime, file, { bytes: packed, source: "downloaded" }),
    });
  });
}
