import type { MnistView } from "../../../contracts/datasets.ts";
import { JOB_COLUMNS, viewJob } from "../../jobs/view-job.ts";
import type { Runtime } from "../../runtime.ts";
import { downloadMnistJob } from "./download-mnist-job.ts";
import { findMnist } from "./find-mnist.ts";
import { MNIST_FILES } from "./mnist-files.ts";

/** Which of MNIST's files are here, where they come from, and the latest download. */
export async function getMnist(runtime: Runtime): Promise<MnistView> {
  const places = await findMnist(runtime);
  const job = await runtime.database.client.job.findFirst({
    where: { kind: downloadMnistJob.kind },
    orderBy: { id: "desc" },
    select: JOB_COLUMNS,
  });
  const sources = [...new Set([...places.values()].map((place) => place.source))];
  return {
    ready: places.size === MNIST_FILES.length,
    source: sources.length === 0 ? null : sources.join(", "),
    files: MNIST_FILES.map(({ name }) => ({ name, present: places.has(name) })),
    job: job === null ? null : viewJob(job),
  };
}
