import type { Database, Tx } from "./database.ts";
import { isTransactionConflict } from "./database-errors.ts";
import { PrismaClient } from "./generated/client.ts";
import { migrate } from "./migrate.ts";
import { openEmbedded } from "./open-embedded.ts";
import { openServer } from "./open-server.ts";
import { createTurns, type TakeTurns } from "./take-turns.ts";

/** How long a transaction may wait for the connection, and take. PGlite has one connection: waiting there is normal. */
const TRANSACTION = { maxWait: 60_000, timeout: 60_000 };

/**
 * Opens the database and applies the migrations that it lacks.
 * @param options `url`: a PostgreSQL server; else PGlite in `folder` (created), or in memory where `folder` is "memory://".
 * @throws InkformError `unavailable` where it does not open or a migration fails.
 */
export async function openDatabase(options: { url?: string; folder: string; migrations: string }): Promise<Database> {
  const driver = options.url === undefined ? await openEmbedded(options.folder) : await openServer(options.url);
  try {
    await driver.exclusively((connection) => migrate(connection, options.migrations));
  } catch (error) {
    await driver.close();
    throw error;
  }
  const client = new PrismaClient({ adapter: driver.adapter, transactionOptions: TRANSACTION });
  const takeTurns: TakeTurns = driver.kind === "embedded" ? createTurns() : (work) => work();
  return {
    kind: driver.kind,
    client,
    transaction: (work, { urgent = false } = {}) => takeTurns(() => transact(client, work), urgent),
    query: driver.query,
    async close() {
      await client.$disconnect();
      await driver.close();
    },
  };
}

async function transact<T>(client: PrismaClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.$transaction(work);
    } catch (error) {
      if (!isTransactionConflict(error) || attempt === 3) throw error;
    }
  }
}
