import { Prisma } from "./generated/client.ts";

/** Whether an insert failed because a unique column has that value already. */
export function isUniqueViolation(error: unknown): boolean {
  return hasCode(error, "P2002") || getRawCode(error) === "23505";
}

/** Whether the row to be updated, or a row it points to, is not there (any more). */
export function isMissingRow(error: unknown): boolean {
  return hasCode(error, "P2025") || hasCode(error, "P2003");
}

/** Whether a transaction was rolled back because of another one (write conflict, deadlock) and may be run again. */
export function isTransactionConflict(error: unknown): boolean {
  return hasCode(error, "P2034") || ["40001", "40P01"].includes(getRawCode(error) ?? "");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === code;
}

/** PostgreSQL's own code of a plain statement's error: Prisma gives all of them P2010. */
export function getRawCode(error: unknown): string | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2010") return undefined;
  const { driverAdapterError } = (error.meta ?? {}) as { driverAdapterError?: { cause?: { originalCode?: string } } };
  return driverAdapterError?.cause?.originalCode;
}
