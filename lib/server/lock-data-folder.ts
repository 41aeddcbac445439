import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readlink, realpath, rm, symlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { InkformError } from "../core/inkform-error.ts";
import { mapDiskError } from "./storage/map-disk-error.ts";

/** Unix socket paths have room for 104 bytes (macOS) or 108 (Linux), the closing zero among them. */
const MAX_SOCKET_PATH = 103;
/** What the names of the folder's locks begin with. */
const NAME = "server.lock";
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
  const lock = process.platform === "win32" ? await lockPipe(`\\\\.\\pipe\\inkform-${hashOf(real)}`) : await lockByTurns(real);
  if (lock === null) {
    throw new InkformError(
      "conflict",
      `Another Inkform server is using the data folder ${folder}. Two on one folder would destroy its database. Stop the other one, or give this one another folder with INKFORM_DATA.`,
    );
  }
  return lock;
}

async function lockPipe(path: string): Promise<DataFolderLock | null> {
  const server = await listen(path);
  return server && { release: () => close(server) };
}

function hashOf(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 16);
}

async function lockByTurns(real: string): Promise<DataFolderLock | null> {
  if (fitsSockets(real)) return takeTurn(real, real);
  // The way to the folder is too long for a socket's path: a short link leads there as long as it is needed. The lock itself is in the folder all the same. In the
  // system's folder for temporary files it would be cleared away after some days, and another server may have another such folder (TMPDIR, systemd's PrivateTmp).
  const link = join(fitsSockets(join(tmpdir(), "inkform-12345678")) ? tmpdir() : "/tmp", `inkform-${randomUUID().slice(0, 8)}`);
  await symlink(real, link);
  try {
    return await takeTurn(real, link);
  } finally {
    await rm(link, { force: true });
  }
}

function fitsSockets(folder: string): boolean {
  return Buffer.byteLength(join(folder, NAME)) + MAX_ENDING <= MAX_SOCKET_PATH;
}

/**
 * The turns at a folder are numbered links `server.lock.1`, `server.lock.2`, ... to their owners' sockets; the last one's owner has the folder. A dead owner's link is not
 * taken over, as two could do at once, but followed by the next number, which only one can make. Why that is safe:
 * - a socket listens before it has a number, and a dead one is never revived: whoever is found dead stays dead;
 * - the highest number is never removed: so numbers only rise, and who comes later finds the living owner's;
 * - one that looked before others came and went, and then made a number below theirs, finds a higher one and gives up.
 * @param way leads to the folder, short enough for sockets
 * @returns null where a living server has the turn.
 */
async function takeTurn(folder: string, way: string): Promise<DataFolderLock | null> {
  for (;;) {
    const last = (await listTurns(folder)).at(-1) ?? 0;
    if (last > 0 && (await answers(join(way, `${NAME}.${last}`)))) return null;
    const socket = `${NAME}.private-${randomUUID().slice(0, 8)}`;
    const server = await listen(join(way, socket));
    if (server === null) continue;
    const release = async (): Promise<void> => {
      await close(server);
      // It removes its socket itself, but by the way that it came.
      if (way !== folder) await rm(join(folder, socket), { force: true });
    };
    let won = false;
    try {
      won = await winTurn(folder, last + 1, socket);
    } finally {
      if (!won) await release();
    }
    if (won) return { release };
  }
}

/** @returns whether the turn is ours, and no higher one is anybody's. */
async function winTurn(folder: string, turn: number, socket: string): Promise<boolean> {
  if (!(await linkTurn(join(folder, `${NAME}.${turn}`), socket))) return false;
  const turns = await listTurns(folder);
  if (turns.at(-1) !== turn) return false;
  for (const earlier of turns.slice(0, -1)) await removeTurn(join(folder, `${NAME}.${earlier}`));
  return true;
}

/** Numbers of the turns so far, ascending. */
async function listTurns(folder: string): Promise<number[]> {
  const start = `${NAME}.`;
  const names = await readdir(folder);
  return names
    .filter((name) => name.startsWith(start) && /^[1-9]\d*$/.test(name.slice(start.length)))
    .map((name) => Number(name.slice(start.length)))
    .sort((a, b) => a - b);
}

/** @returns false where another has that turn. */
async function linkTurn(turn: string, socket: string): Promise<boolean> {
  try {
    await symlink(socket, turn);
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
    // For as long as it lives: later ones (too many open files when somebody asks) are nothing to end the server for.
    server.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(new InkformError("unavailable", `The data folder could not be locked at ${path}: ${error.message}.`, error));
    });
    server.listen(path, () => resolve(server.unref()));
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
