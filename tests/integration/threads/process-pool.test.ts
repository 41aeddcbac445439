import { mkdtemp, rm, symlink } from "node:fs/promises";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createProcessPool, type ProcessPool } from "../../../lib/server/threads/create-process-pool.ts";
import type { ProcessPoolOptions } from "../../../lib/server/threads/process-pool-options.ts";

type Input = { do: string; to?: number };
const pools: ProcessPool<Input, unknown>[] = [];
let folder: string;

function open(options: Partial<ProcessPoolOptions> = {}): ProcessPool<Input, unknown> {
  const pool = createProcessPool<Input, unknown>({ name: "reading", entry: join(folder, "task.mjs"), size: 1, ...options });
  pools.push(pool);
  return pool;
}

async function collect<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const message of messages) all.push(message);
  return all;
}

describe("createProcessPool", () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "inkform-pool-"));
    await build({
      entryPoints: ["tests/support/pool-task.mjs"],
      outfile: join(folder, "task.mjs"),
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "error",
    });
    await symlink(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
  });
  afterEach(async () => {
    for (const pool of pools.splice(0)) await pool.close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("yields a task's messages in order, from a process of a lower priority that is used again", async () => {
    const pool = open();
    const first = (await collect(pool.run({ do: "count", to: 3 }))) as { i: number; pid: number; bytes: Uint8Array }[];
    expect(first.map(({ i, bytes }) => [i, ...bytes])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(getPriority(first[0].pid)).toBeGreaterThan(getPriority());
    const [again] = (await collect(pool.run({ do: "count", to: 1 }))) as { pid: number }[];
    expect(again.pid).toBe(first[0].pid);
  });

  it("does no more tasks at once than it has processes", async () => {
    const pool = open({ size: 2 });
    const runs = await Promise.all(Array.from({ length: 6 }, () => collect(pool.run({ do: "count", to: 5 }))));
    expect(new Set(runs.flat().map((message) => (message as { pid: number }).pid)).size).toBe(2);
    expect(runs.map((run) => run.length)).toEqual([5, 5, 5, 5, 5, 5]);
  });

  it("keeps every message of a task that does not wait", async () => {
    expect(await collect(open().run({ do: "flood", to: 2000 }))).toEqual(Array.from({ length: 2000 }, (_, i) => i));
  });

  it("fails only the task whose process crashes, and goes on with a new one", async () => {
    const pool = open();
    const seen: unknown[] = [];
    const run = async (): Promise<void> => {
      for await (const message of pool.run({ do: "crash" })) seen.push(message);
    };
    await expect(run()).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringMatching(/process for reading was ended by SIGKILL/) as string,
    });
    expect(seen).toEqual(["before"]);
    await expect(collect(pool.run({ do: "exit" }))).rejects.toThrow(/ended with code 3/);
    expect(await collect(pool.run({ do: "count", to: 1 }))).toHaveLength(1);
  });

  it("passes on what a task throws, with its code", async () => {
    const pool = open();
    await expect(collect(pool.run({ do: "throw" }))).rejects.toMatchObject({ code: "invalid-file", message: "page 3 of a.pdf is torn" });
    await expect(collect(pool.run({ do: "throw-other" }))).rejects.toMatchObject({
      code: "internal",
      details: expect.stringContaining("TypeError") as string,
    });
    expect(await collect(pool.run({ do: "count", to: 1 }))).toHaveLength(1);
  });

  it("ends a task that hangs, but not one whose process takes long to start", async () => {
    const pool = open({ silenceMs: 3000, env: { SLOW_START_MS: "5000" } });
    await expect(collect(pool.run({ do: "hang" }))).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("did not get on") as string,
    });
    expect(await collect(pool.run({ do: "count", to: 1 }))).toHaveLength(1);
  });

  // Only Linux tells a process's time to others.
  it.runIf(process.platform === "linux")(
    "ends a task that is busy for too long without a sign of life, by its processor time",
    async () => {
      const pool = open({ busyMs: 1000 });
      await expect(collect(pool.run({ do: "hang" }))).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringContaining("did not get on for 1 s of processor time") as string,
      });
      // As long, but step by step.
      expect(await collect(pool.run({ do: "toil", to: 15 }))).toEqual([]);
    },
  );

  it("gives what is common to all tasks to each process", async () => {
    const pool = open({ size: 2, common: { model: new Uint8Array([1, 2]) } });
    const runs = await Promise.all([1, 2, 3].map(() => collect(pool.run({ do: "common" }))));
    for (const [common] of runs) expect(common).toEqual({ model: new Uint8Array([1, 2]) });
  });

  it("ends a task that eats memory, and says so", async () => {
    await expect(collect(open({ memoryMb: 60 }).run({ do: "memory" }))).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("more memory") as string,
    });
  });

  it("lets a cancelled task end in order", async () => {
    const abort = new AbortController();
    const seen: unknown[] = [];
    for await (const message of open().run({ do: "until-cancelled" }, { signal: abort.signal })) {
      seen.push(message);
      if (message === "started") abort.abort("stop");
    }
    expect(seen).toEqual(["started", "ended in order"]);
  });

  it("cancels a task whose caller leaves the loop, and takes the next", async () => {
    const pool = open();
    for await (const _ of pool.run({ do: "until-cancelled" })) break;
    expect(await collect(pool.run({ do: "count", to: 2 }))).toHaveLength(2);
  });

  it("says what is missing where the entry was not built", async () => {
    await expect(collect(open({ entry: join(folder, "none.mjs") }).run({ do: "count", to: 1 }))).rejects.toThrow(/npm run build:threads/);
  });

  it("ends idle processes, and all at close", async () => {
    const pool = open({ idleMs: 50 });
    const [{ pid }] = (await collect(pool.run({ do: "count", to: 1 }))) as { pid: number }[];
    await expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
    const [next] = (await collect(pool.run({ do: "count", to: 1 }))) as { pid: number }[];
    await pool.close();
    expect(isAlive(next.pid)).toBe(false);
  });

  it("takes the next task after a process could not be started at all", async () => {
    // More than Linux takes of one variable: fork throws at once, as it does where memory is short.
    const pool = open({ env: { TOO_LONG: "x".repeat(2_000_000) } });
    for (let task = 0; task < 2; task++)
      await expect(collect(pool.run({ do: "count", to: 1 }))).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringContaining("could be started") as string,
      });
  });

  it("tells all that wait when it is closed", async () => {
    const pool = open();
    const runs = [1, 2, 3].map(() => collect(pool.run({ do: "ignore-cancel" })));
    const settled = Promise.allSettled(runs);
    await pool.close();
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  });

  it("does not blame a task for a caller that takes long with a message", async () => {
    const pool = open({ silenceMs: 2000 });
    // Started before, so that its own time counts.
    await collect(pool.run({ do: "count", to: 1 }));
    const seen: unknown[] = [];
    for await (const { i } of pool.run({ do: "count", to: 3 }) as AsyncIterable<{ i: number }>) {
      seen.push(i);
      if (i === 0) await new Promise((resolve) => setTimeout(resolve, 5000));
    }
    expect(seen).toEqual([0, 1, 2]);
  });

  it("ends no task for a signal that is meant for the server, whose group it is in", async () => {
    const seen: unknown[] = [];
    for await (const message of open().run({ do: "signal-itself" })) seen.push(message);
    expect(seen).toEqual(["SIGINT", "SIGTERM"]);
  });

  it("is closed when its processes are gone, also while one would be ended for being idle", async () => {
    const left = await Promise.all(
      Array.from({ length: 20 }, async (_, k) => {
        const pool = open({ idleMs: 1 + k });
        const [{ pid }] = (await collect(pool.run({ do: "count", to: 1 }))) as { pid: number }[];
        await pool.close();
        return isAlive(pid);
      }),
    );
    expect(left.filter(Boolean)).toEqual([]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
