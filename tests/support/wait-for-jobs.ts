import type { Prisma } from "../../lib/server/db/generated/client.ts";
import type { Runtime } from "../../lib/server/runtime.ts";

const MOST_MS = 300_000;

/**
 * Waits until no job, of those meant, is queued or running. It asks for one count at a time: a whole view twenty times a second takes more of the processors than many a job,
 * and the more the longer the job takes.
 * @throws Error after 300 s
 */
export async function waitForJobs({ database }: Runtime, which: Prisma.JobWhereInput = {}): Promise<void> {
  const deadline = Date.now() + MOST_MS;
  while ((await database.client.job.count({ where: { ...which, state: { in: ["queued", "running"] } } })) > 0) {
    if (Date.now() > deadline) throw new Error(`after ${MOST_MS / 1000} s there are still jobs queued or running`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
