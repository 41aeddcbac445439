import { Prisma } from "./generated/client.ts";

export const KEPT_MARK = "/* kept */";

/**
 * Begins a statement of a transaction that is often run, and whose best plan does not depend on its values: the embedded database then plans it once (keep-statements.ts).
 * Not for lists in an order: what their filter finds decides which index serves. Its text must not vary.
 */
export const KEPT = Prisma.raw(KEPT_MARK);
