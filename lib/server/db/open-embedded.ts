import { mkdir } from "node:fs/promises";
import { type ParserOptions, PGlite, type QueryOptions, types } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { InkformError } from "../../core/inkform-error.ts";
import { analyzeGrown } from "./analyze-grown.ts";
import type { Driver } from "./driver.ts";
import { endAtPanic } from "./end-at-panic.ts";
import { keepStatements } from "./keep-statements.ts";

/**
 * PostgreSQL settings that PGlite sets differently or too large for us. `shared_buffers` is 128 MB by default: the operating system
 * caches the files anyway. Statistics of 3,000 rows a table and not 30,000: looking at a million takes a fifth of a second. Later -c win over earlier ones.
 */
const START_PARAMS = [
  ...PGlite.defaultStartParams,
  "-c",
  "shared_buffers=32MB",
  "-c",
  "TimeZone=UTC",
  "-c",
  "default_statistics_target=10",
];

/** How often it is seen whether tables have grown. */
const LOOK_EVERY_MS = 60_000;

/** Opens PGlite in `folder`. The caller holds the data folder's lock: two processes on one folder would destroy it. */
export async function openEmbedded(folder: string): Promise<Driver> {
  const inMemory = folder.startsWith("memory://");
  if (!inMemory) await mkdir(folder, { recursive: true });
  let pglite: PGlite;
  try {
    pglite = await PGlite.create({ dataDir: folder, startParams: START_PARAMS });
    endAtPanic(pglite);
  } catch (error) {
    throw new InkformError(
      "unavailable",
      `The database in ${folder} could not be opened: ${error instanceof Error ? error.message : String(error)}. Nothing was changed. If the disk is full, make room; else restore the folder from a copy, or start with another INKFORM_DATA.`,
      error,
    );
  }
  const query = async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    (await pglite.query<Row>(sql, [...parameters], { parsers: { [types.BYTEA]: parseBytea } })).rows;
  const execute = async (sql: string): Promise<void> => void (await pglite.exec(sql));
  const look = (): Promise<unknown> =>
    analyzeGrown({ query, execute }).catch((error: unknown) => console.error("inkform: a table could not be analyzed:", error));
  await look();
  const timer = setInterval(() => void look(), LOOK_EVERY_MS).unref();
  return {
    kind: "embedded",
    adapter: new PrismaPGlite(withFixes(pglite)),
    execute,
    query,
    exclusively: (work) => work({ execute, query }),
    close() {
      clearInterval(timer);
      return pglite.close();
    },
  };
}

/**
 * PGlite as pglite-prisma-adapter 0.7.2 shall see it, with two faults mended:
 * - `commit()` of the adapter awaits `transaction(...).catch(reject)`, whose rejection is swallowed, so that a COMMIT that failed (disk full)
 *   would count as done. Our promise's `catch` tells the handler and stays rejected.
 * - It parses bytea byte by byte through `parseInt` (0.1 ms a glyph); Buffer does it 50 times faster.
 */
function withFixes(pglite: PGlite): PGlite {
  const queryWithin = keepStatements(pglite);
  // The adapter gives the same ones each time: merged once.
  const parsers = new WeakMap<ParserOptions, ParserOptions>();
  const withParser = (options: QueryOptions = {}): QueryOptions => {
    const own = options.parsers ?? {};
    const all = parsers.get(own) ?? { ...own, [types.BYTEA]: parseBytea };
    parsers.set(own, all);
    return { ...options, parsers: all };
  };
  return new Proxy(pglite, {
    get(target, property) {
      if (property === "query")
        return (sql: string, parameters: unknown[], options?: QueryOptions) => target.query(sql, parameters, withParser(options));
      if (property === "transaction")
        return (work: Parameters<PGlite["transaction"]>[0]) => {
          const done = target.transaction((tx) =>
            work(
              new Proxy(tx, {
                get(inner, name) {
                  if (name === "query")
                    return (sql: string, parameters: unknown[], options?: QueryOptions) =>
                      queryWithin(inner, sql, parameters, withParser(options));
                  const member: unknown = Reflect.get(inner, name, inner);
                  return typeof member === "function" ? (member.bind(inner) as unknown) : member;
                },
              }),
            ),
          );
          return {
            catch(handler: (error: unknown) => unknown) {
              const rethrown = done.catch((error: unknown) => {
                handler(error);
                throw error;
              });
              rethrown.catch(() => {});
              return rethrown;
            },
          };
        };
      const member: unknown = Reflect.get(target, property, target);
      return typeof member === "function" ? (member.bind(target) as unknown) : member;
    },
  });
}

/** `\x0a1b` -> bytes. */
function parseBytea(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), "hex"));
}
