import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { createRegistrations } from "../../lib/server/create-registrations.ts";
import { getJob } from "../../lib/server/jobs/view-job.ts";
import { DEMO_SHEETS } from "../../lib/server/services/demo/demo-plan.ts";
import { startDemo } from "../../lib/server/services/demo/start-demo.ts";
import { listRuns } from "../../lib/server/services/runs/list-runs.ts";
import { openTestRuntime } from "../support/open-test-runtime.ts";

/** Ends this process's children whose command holds `name`, as a crash would. */
function killChildren(name: string): number {
  const lines = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" }).split("\n");
  const pids = lines.filter((line) => line.includes(name)).map((line) => Number.parseInt(line, 10));
  for (const pid of pids) process.kill(pid, "SIGKILL");
  return pids.length;
}

it("goes through the whole loop, also when its processes are killed and the server is started anew on the way", async () => {
  execFileSync(process.execPath, ["scripts/build-threads.mjs"], { stdio: "inherit" });
  let runtime = await openTestRuntime({ registrations: createRegistrations });
  try {
    const { collection, jobId } = await startDemo(runtime);
    expect(collection).toBe("demo");
    expect(await startDemo(runtime)).toEqual({ collection, jobId });
    const job = () => getJob(runtime.database.client, jobId);
    const until = async (condition: () => Promise<boolean>) => {
      while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 100));
    };
    await until(async () => (await runtime.database.client.scan.count()) >= 3);
    expect(killChildren("threads/simulate.mjs")).toBe(1);
    await until(async () => (await runtime.database.client.scan.count()) >= 6);
    await runtime.close();
    runtime = await runtime.reopen();
    await until(async () => !["queued", "running"].includes((await job()).state));

    expect(await job()).toMatchObject({ state: "done", fraction: 1, failure: null, message: expect.stringMatching(/^done: \d/) as string });
    const { client } = runtime.database;
    expect(await client.scan.count()).toBe(DEMO_SHEETS.length);
    expect(await client.page.count({ where: { state: "read" } })).toBe(DEMO_SHEETS.length);
    expect(await client.cardBatch.count()).toBe(1);
    expect(await client.dataset.count()).toBe(1);
    const [run, ...others] = await listRuns(client, collection);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ state: "done", evaluations: [{ set: run.dataset.id }] });
    expect(run.evaluations[0].result.errorRate).toBeLessThan(0.1);
    // Confirmed once each, by "demo"; something is left to review.
    const confirmed = await client.label.count({ where: { source: "person" } });
    expect(confirmed).toBe(await client.glyph.count({ where: { reviewed: true } }));
    expect(await client.label.groupBy({ by: ["by"], where: { source: "person" } })).toEqual([{ by: "demo" }]);
    expect(await client.glyph.count({ where: { disagrees: true } })).toBeGreaterThan(5);

    const second = await startDemo(runtime);
    expect(second.collection).toBe("demo-2");
  } finally {
    await runtime.remove();
  }
}, 240_000);
