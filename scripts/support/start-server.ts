import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Of its process, which leads a group of its own. */
  readonly pid: number;
  readonly dataFolder: string;
  /** Everything the server has printed. */
  output(): string;
  /** Ends the server at once, as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same folder and port. */
  restart(env?: Record<string, string>): Promise<void>;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

/**
 * Starts the built app as `npm start` does, on a free port and a data folder of its own.
 * @param options `from`: a data folder whose copy it begins with; without it an empty one. `flags`: Node's own
 * @throws Error with the server's output when it does not answer within three minutes.
 */
export async function startServer(
  env: Record<string, string> = {},
  { from, flags = [] }: { from?: string; flags?: readonly string[] } = {},
): Promise<TestServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), "inkform-test-"));
  if (from !== undefined) await cp(from, dataFolder, { recursive: true });
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  let printed = "";
  let child: ChildProcess;
  let gone: Promise<unknown>;

  const start = async (extra: Record<string, string> = {}): Promise<void> => {
    const { DATABASE_URL: _, ...inherited } = process.env;
    child = spawn(process.execPath, [...flags, "scripts/serve.mjs"], {
      env: { ...inherited, NODE_ENV: "production", PORT: String(port), HOST: "127.0.0.1", INKFORM_DATA: dataFolder, ...env, ...extra },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that kill -9 takes the children along, as a power cut would.
      detached: true,
    });
    let exited = false;
    gone = new Promise((resolve) =>
      child.once("exit", (code) => {
        exited = true;
        resolve(code);
      }),
    );
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    const deadline = Date.now() + 180_000;
    while (Date.now() < deadline && !exited) {
      const answer = await fetch(`${url}/api/health`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the server did not start:\n${printed}`);
  };

  const signal = (name: NodeJS.Signals): void => {
    try {
      if (child.pid) process.kill(-child.pid, name);
    } catch {
      // The group is gone already.
    }
  };

  await start();
  return {
    url,
    port,
    get pid() {
      return child.pid!;
    },
    dataFolder,
    output: () => printed,
    kill: async () => {
      signal("SIGKILL");
      await gone;
    },
    restart: start,
    stop: async () => {
      signal("SIGTERM");
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 10_000))]);
      signal("SIGKILL");
      await gone;
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
