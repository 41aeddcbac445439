import { join } from "node:path";
import type { Env } from "./env.ts";
import { MOST_STAGE_MS } from "./services/read/most-stage-ms.ts";
import { createProcessPool, type ProcessPool } from "./threads/create-process-pool.ts";

/** The child processes for heavy work. What they take and send is typed where they are used; here it is bytes. */
export interface Pools {
  pool<Input, Message>(name: PoolName): ProcessPool<Input, Message>;
  close(): Promise<void>;
}

/** Each is an entry lib/server/threads/<name>.worker.ts. */
export type PoolName = keyof typeof POOLS;

export const POOLS = {
  // A 20,000 x 20,000 px page is refused before decoding; what passes needs far less than this. A page takes seconds; two minutes of silence is a hang.
  read: { name: "reading", size: 1, memoryMb: 1024, silenceMs: 120_000, busyMs: MOST_STAGE_MS },
  // An epoch of a large network may take minutes before its first curve point.
  train: { name: "training", size: 1, memoryMb: 2048, youngMb: 2, silenceMs: 900_000 },
  predict: { name: "evaluation", size: 1, memoryMb: 1024, silenceMs: 300_000 },
  // A million glyphs take a few minutes without a word.
  fuse: { name: "estimation of labels", size: 1, memoryMb: 4096, silenceMs: 900_000 },
  // 200,000 images, and a network's training on most of them, several times; it says how far it is after each epoch.
  suspect: { name: "search for label errors", size: 1, memoryMb: 2048, silenceMs: 900_000 },
  simulate: { name: "simulation", size: 1, memoryMb: 1024, silenceMs: 120_000 },
  // Somebody waits for each cut: it does not stand behind a file of a hundred pages.
  cut: { name: "cutting of glyphs", size: 1, memoryMb: 1024, silenceMs: 120_000, niceness: 0 },
} as const;

/** The pools of this program; their processes start when there is work. */
export function createPools(env: Pick<Env, "root">): Pools {
  const made = new Map<PoolName, ProcessPool<unknown, unknown>>();
  return {
    pool<Input, Message>(name: PoolName) {
      let pool = made.get(name);
      if (pool === undefined) {
        pool = createProcessPool({
          ...POOLS[name],
          entry: join(env.root, "build", "threads", `${name}.mjs`),
          env: { INKFORM_ROOT: env.root },
        });
        made.set(name, pool);
      }
      return pool as ProcessPool<Input, Message>;
    },
    async close() {
      await Promise.all([...made.values()].map((pool) => pool.close()));
    },
  };
}
