import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DataFolderLock, lockDataFolder } from "../../../lib/server/lock-data-folder.ts";

const HOLDER = `
const { lockDataFolder } = await import(process.argv[1]);
try { await lockDataFolder(process.argv[2]); console.log("locked"); setInterval(() => {}, 1000); }
catch (error) { console.log(error.code); }
`;

describe("the data folder's lock", () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "inkform-lock-"));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  /** Another process that takes the lock. @returns what it says: "locked" or the error's code. */
  async function startHolder(path: string): Promise<{ says: string; kill(): Promise<void> }> {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", HOLDER, join(process.cwd(), "lib/server/lock-data-folder.ts"), path],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    children.push(child);
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const says = await new Promise<string>((resolve) => child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim())));
    return {
      says,
      async kill() {
        child.kill("SIGKILL");
        await exited;
      },
    };
  }

  it("is one process's, and free again at once when that is killed", async () => {
    const holder = await startHolder(folder);
    expect(holder.says).toBe("locked");
    await expect(lockDataFolder(folder)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(folder) as string });
    await holder.kill();
    const lock = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toMatchObject({ code: "conflict" });
    await lock.release();
    await (await lockDataFolder(folder)).release();
  });

  it("is the same by another path to the folder", async () => {
    const lock = await lockDataFolder(folder);
    const other = `${folder}-link`;
    await symlink(folder, other);
    await expect(lockDataFolder(other)).rejects.toMatchObject({ code: "conflict" });
    await rm(other);
    await lock.release();
  });

  it("works in a folder whose path is too long for a socket", async () => {
    const deep = join(folder, "x".repeat(100), "y".repeat(100));
    const lock = await lockDataFolder(deep);
    await expect(lockDataFolder(deep)).rejects.toMatchObject({ code: "conflict" });
    await lock.release();
    expect(await readdir(deep), "a turn's link").toHaveLength(1);
    await (await lockDataFolder(deep)).release();
  });

  it("does not depend on the folder for temporary files, which differs between servers and is cleared from time to time", async () => {
    const deep = join(folder, "x".repeat(100));
    const before = process.env.TMPDIR;
    let lock: DataFolderLock | undefined;
    try {
      for (const name of ["one", "two"]) {
        process.env.TMPDIR = join(folder, name);
        await mkdir(process.env.TMPDIR);
        if (lock === undefined) lock = await lockDataFolder(deep);
        else await expect(lockDataFolder(deep)).rejects.toMatchObject({ code: "conflict" });
        expect(await readdir(process.env.TMPDIR)).toEqual([]);
      }
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      await lock?.release();
    }
  });

  it("goes to one of several that find a dead server's", async () => {
    await (await startHolder(folder)).kill();
    for (let round = 0; round < 25; round++) {
      const starters = Array.from({ length: 8 }, async (_, k) => {
        // From all at once to one after another: who comes later must not take away what an earlier one has just won.
        await setTimeout((k * round) / 50);
        return lockDataFolder(folder);
      });
      const results = await Promise.allSettled(starters);
      const won = results.filter((result) => result.status === "fulfilled");
      expect(won, `round ${round}`).toHaveLength(1);
      for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
      await die(won[0]!.value);
      expect((await readdir(folder)).length, "sockets and links left behind").toBeLessThanOrEqual(2);
    }
  });

  it("stays with the one that has it while others come and go", async () => {
    const lock = await lockDataFolder(folder);
    for (let k = 0; k < 20; k++) await expect(lockDataFolder(folder)).rejects.toMatchObject({ code: "conflict" });
    await lock.release();
    await (await lockDataFolder(folder)).release();
  });

  /** Ends a lock as kill -9 does: its socket stays in the folder, and nobody listens. */
  async function die(lock: DataFolderLock): Promise<void> {
    const socket = join(folder, (await readdir(folder)).find((name) => name.includes("private"))!);
    await rename(socket, `${socket}.kept`);
    await lock.release();
    await rename(`${socket}.kept`, socket);
  }
});
