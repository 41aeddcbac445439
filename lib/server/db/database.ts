import type { Prisma, PrismaClient } from "./generated/client.ts";

/** A running transaction, as services pass it on. Inside one, use `tx` alone: on PGlite any other query waits for its end. */
export type Tx = Prisma.TransactionClient;

/** Whatever can be queried: the database itself or a running transaction. */
export type Queryable = Tx;

/** The open database. One process holds one; services get it from the runtime. */
export interface Database {
  /** `embedded`: PGlite in the data folder, this process its only owner. `server`: PostgreSQL by DATABASE_URL. */
  readonly kind: "embedded" | "server";
  readonly client: PrismaClient;
  /**
   * All or nothing; rejects where the commit fails. Run again (up to 3 times) where the database reports a conflict, so `work` does nothing else.
   * @param options.urgent somebody waits for it: on the embedded database, where one transaction runs at a time, before those that wait already
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: { urgent?: boolean }): Promise<T>;
  /** Plain SQL past Prisma, for the few reads that are heavy in bytes. Parameters are $1, $2, ...; bytea comes as Uint8Array. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}
