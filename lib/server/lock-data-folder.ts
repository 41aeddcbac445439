import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readlink, realpath, rm, symlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { InkformError } from "../core/inkform-error.ts";
import { mapDiskError } from "./storage/map-disk-error.ts";

/** Unix socket paths have room for 104 bytes (macOS) or 108 (Linux), the closing zero among them. */
const MAX_SOCKET_PATH = 103;
/** The longest that is added to a lock's path: a private socket's ending. */
const MAX_ENDING = ".private-12345678".length;

/** How the operating system says that nobody listens: at a dead socket, at a link to one that is gone, at what is no socket. */
const NOBODY = new Set(["ECONNREFUSED", "ENOENT", "ENOTSOCK"]);

/** The right to be the only one on a data folder. */
export interface DataFolderLock {
  release(): Promise<void>;
}

/**
 * Locks `folder` (created if missing) by a socket inside it, a named pipe on Windows. The operating system closes a socket with its process, even at kill -9: so
 * one at which nobody answers is no lock, and a restart need not wait. A file with a process id could not tell the dead owner from another process that was
 * given its number.
 * @throws InkformError `conflict` where a living server has it.
 */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw mapDiskError(error);
  }
  const real = await realpath(folder);
  const server = process.platform === "win32" ? await listen(`\\\\.\\pipe\\inkform-${hashOf(real)}`) : await takeTurn(lockPath(real));
  if (server === null) {
    throw new InkformError(
      "conflict",
      `Another Inkform server is using the data folder ${folder}. Two on one folder would destroy its database. Stop the other one, or give this one another folder with INKFORM_DATA.`,
    );
  }
  server.unref();
  return { release: () => close(server) };
}

function hashOf(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 16);
}

/** What the names of the folder's locks begin with. */
function lockPath(real: string): string {
  const inside = join(real, "server.lock");
  return Buffer.byteLength(inside) + MAX_ENDING <= MAX_SOCKET_PATH ? inside : join(tmpdir(), `inkform-${hashOf(real)}.lock`);
}

/**
 * The turns at a folder are numbered links `path.1`, `path.2`, ... to their owners' sockets; the last one's owner has the folder. A dead owner's link is not
 * taken over, as two could do at once, but followed by the next number, which only one can make. Why that is safe:
 * - a socket listens before it has a number, and a dead one is never revived: whoever is found dead stays dead;
 * - the highest number is never removed: so numbers only rise, and who comes later finds the living owner's;
 * - one that looked before others came and went, and then made a number below theirs, finds a higher one and gives up.
 * @returns null where a living server has the turn.
 */
async function takeTurn(path: string): Promise<Server | null> {
  for (;;) {
    const last = (await listTurns(path)).at(-1) ?? 0;
    if (last > 0 && (await answers(`${path}.${last}`))) return null;
    const socket = `${path}.private-${randomUUID().slice(0, 8)}`;
    const server = await listen(socket);
    if (server === null) continue;
    const taken = await linkTurn(`${path}.${last + 1}`, socket);
    const turns = taken ? await listTurns(path) : [];
    if (taken && turns.at(-1) === last + 1) {
      for (const turn of turns.slice(0, -1)) await removeTurn(`${path}.${turn}`);
      return server;
    }
    await close(server);
  }
}

/** Numbers of the turns so far, ascending. */
async function listTurns(path: string): Promise<number[]> {
  const start = `${basename(path)}.`;
  const names = await readdir(dirname(path));
  return names
    .filter((name) => name.startsWith(start) && /^[1-9]\d*$/.test(name.slice(start.length)))
    .map((name) => Number(name.slice(start.length)))
    .sort((a, b) => a - b);
}

/** @returns false where another has that turn. */
async function linkTurn(turn: string, socket: string): Promise<boolean> {
  try {
    await symlink(basename(socket), turn);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw mapDiskError(error);
  }
}

/** Takes a dead owner's link and socket away; another may be at it too. */
async function removeTurn(turn: string): Promise<void> {
  const socket = await readlink(turn).catch(() => null);
  if (socket !== null) await rm(join(dirname(turn), basename(socket)), { force: true });
  await rm(turn, { force: true });
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

/** Whether a living server is at `path`. What neither accepts nor refuses is one that is busy. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (alive: boolean): void => {
      socket.destroy();
      resolve(alive);
    };
    socket.setTimeout(3000, () => end(true));
    socket.once("connect", () => end(true));
    socket.once("error", (error: NodeJS.ErrnoException) => end(!NOBODY.has(error.code ?? "")));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
