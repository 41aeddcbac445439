import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseEnv } from "../../../lib/server/env.ts";
import { openRuntime } from "../../../lib/server/open-runtime.ts";
import { pairDataFolder } from "../../../lib/server/pair-data-folder.ts";
import { DATABASES, FASTEST, openTestRuntime, type TestRuntime } from "../../support/open-test-runtime.ts";

describe("a database and its data folder", () => {
  let runtime: TestRuntime;
  let folders: string[];
  beforeEach(async () => {
    runtime = await openTestRuntime({ database: FASTEST });
    folders = await Promise.all([1, 2, 3].map(() => mkdtemp(join(tmpdir(), "inkform-"))));
  });
  afterEach(async () => {
    await runtime.remove();
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
  });
  const pair = (folder: string): Promise<void> => pairDataFolder(folder, runtime.database);

  it("stay together: another folder is refused, named, and left as it is", async () => {
    await pair(folders[0]!);
    await pair(folders[0]!);
    await expect(pair(folders[1]!)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(folders[1]!) as string });
    await expect(readFile(join(folders[1]!, "folder.id"))).rejects.toThrow("ENOENT");
    await pair(folders[0]!);
  });

  it("stay together when the folder is moved", async () => {
    await pair(folders[0]!);
    await cp(folders[0]!, folders[1]!, { recursive: true });
    await pair(folders[1]!);
  });

  it("are paired once, whoever comes first", async () => {
    const done = await Promise.allSettled(folders.map(pair));
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const again = await Promise.allSettled(folders.map(pair));
    expect(again.map(({ status }) => status)).toEqual(done.map(({ status }) => status));
  });

  it("pair after a kill between the two, and a folder takes a new database", async () => {
    await writeFile(join(folders[0]!, "folder.id"), "3f0e\n");
    await pair(folders[0]!);
    expect(await runtime.database.client.dataFolder.findMany()).toEqual([{ key: 1, id: "3f0e" }]);
    await expect(pair(folders[1]!)).rejects.toMatchObject({ code: "conflict" });
  });

  // The embedded database lies in the folder.
  it.each(DATABASES.filter((name) => name === "server"))("keep a second server with another folder from starting (%s)", async () => {
    await pair(folders[0]!);
    const env = parseEnv({ INKFORM_DATA: folders[1]!, INKFORM_ROOT: process.cwd(), DATABASE_URL: runtime.env.databaseUrl! });
    // Twice: it lets go of all it has opened.
    for (let k = 0; k < 2; k++)
      await expect(openRuntime(env)).rejects.toMatchObject({ message: expect.stringContaining("goes with another") as string });
    const own = await openRuntime({ ...env, dataFolder: folders[0]! });
    await own.close();
  });
});
