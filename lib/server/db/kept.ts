import { Prisma } from "./generated/client.ts";

export const KEPT_MARK = "/* kept */";

/**
 * Begins a statement of a transaction that is often run, and whose best plan does not depend on its values: the embedded database then plans it once (keep-statements.ts).
 * Not where what a filter finds decides which index serves. Texts that differ are kept each for itself: no values in them, but for a few.
 */
export const KEPT = Prisma.raw(KEPT_MARK);
