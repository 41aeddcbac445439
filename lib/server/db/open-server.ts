import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { InkformError } from "../../core/inkform-error.ts";
import type { Driver } from "./driver.ts";

/** Prisma's own number for "a migration is running". */
const MIGRATION_LOCK = 72707369;

/** Opens connections to a PostgreSQL server (14 or later). */
export async function openServer(url: string): Promise<Driver> {
  // Prisma sends times without a zone and means UTC, whatever zone the server is set to. Our statements are short: compiling one (jit) took a hundred times as long as
  // running it.
  const pool = new pg.Pool({ connectionString: url, max: 10, options: "-c TimeZone=UTC -c jit=off", connectionTimeoutMillis: 15_000 });
  pool.on("error", (error) => console.error("inkform: a database connection was lost:", error.message));
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await pool.end();
    throw new InkformError(
      "unavailable",
      `The PostgreSQL server of DATABASE_URL does not answer: ${error instanceof Error ? error.message || String(error) : String(error)}. Check that it runs and that the address, user and password are right, or unset DATABASE_URL to use the embedded database.`,
      error,
    );
  }
  const query = async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    (await pool.query(sql, [...parameters])).rows as Row[];
  return {
    kind: "server",
    adapter: new PrismaPg(pool, { disposeExternalPool: false }),
    execute: async (sql) => void (await pool.query(sql)),
    query,
    async exclusively(work) {
      const client = await pool.connect();
      try {
        await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
        return await work({
          execute: async (sql) => void (await client.query(sql)),
          query: async <Row>(sql: string, parameters: readonly unknown[] = []) => (await client.query(sql, [...parameters])).rows as Row[],
        });
      } finally {
        await client.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => {});
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
