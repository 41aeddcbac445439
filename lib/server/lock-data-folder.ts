import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, realpath, rename, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InkformError } from "../core/inkform-error.ts";
import { mapDiskError } from "./storage/map-disk-error.ts";

/** Unix socket paths have room for 104 bytes (macOS) or 108 (Linux), the closing zero and the 9 of `removeStale` among them. */
const MAX_SOCKET_PATH = 90;

/** The right to be the only one on a data folder. */
export interface DataFolderLock {
  release(): Promise<void>;
}

/**
 * Locks `folder` (created if missing) by listening on a socket inside it, a named pipe on Windows. The operating system closes a socket with its process, even
 * at kill -9: so a left-over socket file at which nobody answers is no lock, and a restart need not wait. A file with a process id could not tell the dead
 * owner from another process that was given its number.
 * @throws InkformError `conflict` where a living server has it.
 */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw mapDiskError(error);
  }
  const path = await socketPath(folder);
  for (let attempt = 0; attempt < 5; attempt++) {
    const server = await listen(path);
    if (server !== null) {
      server.unref();
      return { release: () => close(server) };
    }
    if ((await answers(path)) || !(await removeStale(path))) break;
  }
  throw new InkformError(
    "conflict",
    `Another Inkform server is using the data folder ${folder}. Two on one folder would destroy its database. Stop the other one, or give this one another folder with INKFORM_DATA.`,
  );
}

async function socketPath(folder: string): Promise<string> {
  const real = await realpath(folder);
  const hash = createHash("sha256").update(real).digest("hex").slice(0, 24);
  if (process.platform === "win32") return `\\\\.\\pipe\\inkform-${hash}`;
  const inside = join(real, "server.lock");
  return Buffer.byteLength(inside) <= MAX_SOCKET_PATH ? inside : join(tmpdir(), `inkform-${hash}.lock`);
}

/** @returns null where something is at `path` already. */
function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      // A client that goes away at once is another server that asks whether we live.
      socket.on("error", () => {});
      socket.end();
    });
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(new InkformError("unavailable", `The data folder could not be locked at ${path}: ${error.message}.`, error));
    });
    server.listen(path, () => resolve(server));
  });
}

/**
 * Takes a dead server's socket file away. Two starting servers may both have found it dead, and the faster one may listen there by now: so it is moved aside,
 * asked once more, and put back if it answers.
 * @returns false where it turned out to be alive.
 */
async function removeStale(path: string): Promise<boolean> {
  const aside = `${path}.${randomUUID().slice(0, 8)}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
    throw mapDiskError(error);
  }
  const alive = await answers(aside);
  if (alive) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
  return !alive;
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.setTimeout(3000, () => {
      // It accepts no connection but is not refused either: alive, and busy.
      socket.destroy();
      resolve(true);
    });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
