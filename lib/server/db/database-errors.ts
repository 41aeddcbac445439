import { Prisma } from "./generated/client.ts";

/** Whether an insert failed because a unique column has that value already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

/** Whether the row to be updated, or a row it points to, is not there (any more). */
export function isMissingRow(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && (error.code === "P2025" || error.code === "P2003");
}

/** Whether the disk that holds the database is full (PostgreSQL's 53100, or the file system's own word from PGlite). */
export function isDiskFull(error: unknown): boolean {
  const text = error instanceof Error ? `${error.message} ${JSON.stringify(error, Object.getOwnPropertyNames(error))}` : String(error);
  return /53100|ENOSPC|No space left on device|disk full/i.test(text);
}
