import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";

/** What `openEmbedded` and `openServer` give: a way to run SQL and an adapter for Prisma over the same connections. */
export interface Driver {
  readonly kind: Database["kind"];
  readonly adapter: NonNullable<Prisma.PrismaClientOptions["adapter"]>;
  /** Several statements, no parameters. */
  execute(sql: string): Promise<void>;
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs `work` while no other process runs one on the same database. */
  exclusively<T>(work: (driver: Pick<Driver, "execute" | "query">) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
