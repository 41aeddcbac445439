import type { Tx } from "../../db/database.ts";

/** Until the transaction's end nobody else who asks for this lock may make a row name the blob, or delete it for want of such rows. */
export async function lockBlob(tx: Tx, sha256: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${sha256}, 0))`;
}
