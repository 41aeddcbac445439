import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { InkformError } from "../../../lib/core/inkform-error.ts";
import { createJobRunner, type JobRunner } from "../../../lib/server/jobs/create-job-runner.ts";
import { enqueueJob } from "../../../lib/server/jobs/enqueue-job.ts";
import { defineJob } from "../../../lib/server/jobs/job-definition.ts";
import { handleJob, type JobContext } from "../../../lib/server/jobs/job-handler.ts";
import { createQueue } from "../../../lib/server/jobs/queue.ts";
import { requestStop } from "../../../lib/server/jobs/request-stop.ts";
import { requeueJob } from "../../../lib/server/jobs/requeue-job.ts";
import { getJob } from "../../../lib/server/jobs/view-job.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../../support/open-test-runtime.ts";

type Payload = { n: number };
type Work = (context: JobContext<Payload>) => Promise<void>;

const testJob = defineJob({ kind: "test", version: 1, payload: z.strictObject({ n: z.number() }), maxAttempts: 2, lane: "light" });

describe.each(DATABASES)("the job runner on the %s database", (database) => {
  let runtime: TestRuntime;
  const runners: JobRunner[] = [];
  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    for (const runner of runners.splice(0)) await runner.shutdown();
    await client().job.deleteMany();
  });
  afterAll(() => runtime.remove());

  const client = () => runtime.database.client;
  const enqueue = (n: number): Promise<string> => runtime.database.transaction((tx) => enqueueJob(tx, testJob, { n }));
  const expectState = (id: string, state: string) =>
    expect.poll(async () => (await getJob(client(), id)).state, { timeout: 60_000, interval: 20 }).toBe(state);
  async function startRunner(work: Work, lanes = { read: 1, train: 1, light: 1 }): Promise<JobRunner> {
    const runner = createJobRunner({ database: runtime.database, registrations: [handleJob(testJob, work)], lanes, log: () => undefined });
    runners.push(runner);
    await runner.start();
    return runner;
  }

  it("does jobs in order, one at a time, and records progress and end", async () => {
    const ids = [await enqueue(1), await enqueue(2), await enqueue(3)];
    const order: number[] = [];
    let atOnce = 0;
    await startRunner(async ({ payload, progress }) => {
      expect(++atOnce).toBe(1);
      order.push(payload.n);
      progress(0.5, `half of ${payload.n}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      atOnce--;
    });
    await expectState(ids[2], "done");
    expect(order).toEqual([1, 2, 3]);
    expect(await getJob(client(), ids[0])).toEqual({
      id: ids[0],
      kind: "test",
      state: "done",
      fraction: 1,
      message: "half of 1",
      failure: null,
    });
  });

  it("has a job only if the caller's transaction commits", async () => {
    const work = runtime.database.transaction(async (tx) => {
      await enqueueJob(tx, testJob, { n: 1 });
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await client().job.count()).toBe(0);
    await expect(runtime.database.transaction((tx) => enqueueJob(tx, testJob, { n: "x" } as unknown as Payload))).rejects.toThrow();
  });

  it("gives each job to one of several runners", async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, (_, n) => enqueue(n)));
    const done: number[] = [];
    const work: Work = async ({ payload }) => void done.push(payload.n);
    await Promise.all([startRunner(work), startRunner(work), startRunner(work)]);
    for (const id of ids) await expectState(id, "done");
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n));
  });

  it("tries again after an unexpected error, then fails with a text that shows no inside", async () => {
    const id = await enqueue(1);
    const attempts: number[] = [];
    await startRunner(async ({ attempt }) => {
      attempts.push(attempt);
      throw new TypeError("secret path /x");
    });
    await expectState(id, "failed");
    expect(attempts).toEqual([1, 2]);
    expect((await getJob(client(), id)).failure).toMatch(/^Something went wrong inside the program/);
  });

  it("fails at once with a final error's own message, and runs anew when it is put back", async () => {
    const id = await enqueue(1);
    let broken = true;
    const runner = await startRunner(async () => {
      if (broken) throw new InkformError("invalid-file", "a.png is torn.");
    });
    await expectState(id, "failed");
    expect(await getJob(client(), id)).toMatchObject({ failure: "a.png is torn." });
    broken = false;
    await runtime.database.transaction((tx) => requeueJob(tx, id));
    runner.wake();
    await expectState(id, "done");
    expect((await getJob(client(), id)).failure).toBeNull();
    await expect(runtime.database.transaction((tx) => requeueJob(tx, id))).rejects.toMatchObject({ code: "conflict" });
  });

  it("refuses a job of another version", async () => {
    const id = await enqueue(1);
    await client().job.update({ where: { id }, data: { version: 7 } });
    await startRunner(async () => undefined);
    await expectState(id, "failed");
    expect((await getJob(client(), id)).failure).toMatch(/another version/);
  });

  it("stops a running job and a waiting one", async () => {
    const [first, second] = [await enqueue(1), await enqueue(2)];
    const reasons: unknown[] = [];
    const runner = await startRunner(async ({ signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      reasons.push(signal.reason);
    });
    await expectState(first, "running");
    for (const id of [second, first]) await runtime.database.transaction((tx) => requestStop(tx, id));
    runner.wake();
    await expectState(first, "stopped");
    await expectState(second, "stopped");
    expect(reasons).toEqual(["stop"]);
  });

  it("puts a running job back at shutdown, without counting the try, and goes on with it", async () => {
    const id = await enqueue(1);
    const first = await startRunner(async ({ signal, progress }) => {
      progress(0.3, "a third");
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    });
    await expectState(id, "running");
    await first.shutdown();
    expect(await client().job.findUnique({ where: { id } })).toMatchObject({ state: "queued", attempts: 0, fraction: 0.3 });
    await startRunner(async () => undefined);
    await expectState(id, "done");
  });

  it("takes over at once what a dead process had, on the embedded database; when its lease is over, on a server", async () => {
    const id = await enqueue(1);
    await client().job.update({
      where: { id },
      data: {
        state: "running",
        workerId: "dead",
        attempts: 1,
        leaseUntil: new Date(Date.now() + (database === "embedded" ? 3_600_000 : -1)),
      },
    });
    await startRunner(async () => undefined);
    await expectState(id, "done");
    expect(await client().job.findUnique({ where: { id } })).toMatchObject({ attempts: 1, interruptions: 1 });
  });

  it("gives up a job under which the process dies again and again without progress", async () => {
    const id = await enqueue(1);
    for (let death = 1; death <= 10; death++) {
      await client().job.update({ where: { id }, data: { state: "running", workerId: "dead", leaseUntil: new Date(0) } });
      const runner = createJobRunner({ database: runtime.database, registrations: [], log: () => undefined });
      await runner.start();
      await expectState(id, death < 10 ? "queued" : "failed");
      await runner.shutdown();
    }
    expect((await getJob(client(), id)).failure).toMatch(/ended 10 times/);
  });

  it("gives it up as well where it comes as far each time before the process dies", async () => {
    const id = await enqueue(1);
    const queue = createQueue(runtime.database, "dead");
    for (let death = 1; death <= 10; death++) {
      expect(await queue.claim(["test"]), `death ${death}`).toMatchObject({ id });
      await queue.progress(id, 0.1, "opening the file");
      await queue.progress(id, 0.3, "reading");
      await queue.reclaimAll();
    }
    expect(await getJob(client(), id)).toMatchObject({ state: "failed", fraction: 0.3 });
    await runtime.database.transaction((tx) => requeueJob(tx, id));
    expect(await client().job.findUnique({ where: { id } })).toMatchObject({ state: "queued", interruptions: 0, fraction: 0 });
  });

  it("does a job at once that was queued while the clock was an hour ahead", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    const [fresh, again, released] = [await enqueue(1), await enqueue(2), await enqueue(3)];
    await client().job.update({ where: { id: again }, data: { state: "stopped" } });
    await runtime.database.transaction((tx) => requeueJob(tx, again));
    await client().job.update({ where: { id: released }, data: { state: "running", workerId: "us" } });
    await createQueue(runtime.database, "us").release(released);
    vi.useRealTimers();
    await startRunner(async () => undefined);
    for (const id of [fresh, again, released])
      await expect.poll(async () => (await getJob(client(), id)).state, { timeout: 60_000 }).toBe("done");
  });

  it("goes on with what it does when the machine slept longer than its lease", async () => {
    const id = await enqueue(1);
    let go: () => void = () => undefined;
    let runs = 0;
    const runner = await startRunner(async ({ signal }) => {
      runs++;
      await new Promise<void>((resolve) => (go = resolve));
      signal.throwIfAborted();
    });
    await expectState(id, "running");
    await client().job.update({ where: { id }, data: { leaseUntil: new Date(0) } });
    const before = performance.now();
    vi.spyOn(performance, "now").mockReturnValue(before + 3_600_000);
    runner.wake();
    await expect
      .poll(async () => (await client().job.findUnique({ where: { id } }))?.leaseUntil?.getTime(), { timeout: 60_000 })
      .not.toBe(0);
    go();
    await expectState(id, "done");
    expect(runs).toBe(1);
    expect((await client().job.findUnique({ where: { id } }))?.interruptions).toBe(0);
  });

  it("stops a job that goes back into the queue at the same moment", async () => {
    const id = await enqueue(1);
    const queue = createQueue(runtime.database, "us");
    await queue.claim(["test"]);
    // Whatever statement comes first: right behind it the job is released.
    let statements = 0;
    const released = async <T>(statement: PromiseLike<T>): Promise<T> => {
      const result = await statement;
      if (++statements === 1) await queue.release(id);
      return result;
    };
    const tx = client().$extends({
      query: { $allOperations: ({ args, query }) => released(query(args)) },
    }) as unknown as Parameters<typeof requestStop>[0];
    await requestStop(tx, id);
    await startRunner(async ({ signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    });
    await expect.poll(async () => (await getJob(client(), id)).state, { timeout: 60_000 }).toBe("stopped");
  });

  it("lets a lost job go: who has it now decides, whatever the clock is set to", async () => {
    const id = await enqueue(1);
    let reason: unknown;
    await startRunner(async ({ signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      reason = signal.reason;
    });
    await expectState(id, "running");
    await client().job.update({ where: { id }, data: { workerId: "another" } });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 3_600_000 });
    await expect.poll(() => reason, { timeout: 60_000 }).toBe("lost");
    expect(await client().job.findUnique({ where: { id } })).toMatchObject({ state: "running", workerId: "another" });
  });
});
