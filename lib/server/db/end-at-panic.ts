import type { PGlite } from "@electric-sql/pglite";
import { InkformError } from "../../core/inkform-error.ts";

const EXECUTE = ["execProtocol", "execProtocolStream", "execProtocolRaw", "execProtocolRawStream"] as const;

/**
 * Makes `pglite` refuse everything after PostgreSQL's PANIC or FATAL (a disk that is full for the write-ahead log, a broken file). A real server would end and recover at its
 * next start; PGlite 0.5 stays, and its next statement loops for ever on the thread that owns it, which is the web server's.
 */
export function endAtPanic(pglite: PGlite): void {
  let end: InkformError | null = null;
  for (const name of EXECUTE) {
    const original = (pglite[name] as (...parameters: unknown[]) => Promise<unknown>).bind(pglite);
    const guarded = async (...parameters: unknown[]): Promise<unknown> => {
      if (end !== null) throw end;
      try {
        return await original(...parameters);
      } catch (error) {
        end ??= explain(error);
        throw error;
      }
    };
    Object.defineProperty(pglite, name, { value: guarded });
  }
}

function explain(error: unknown): InkformError | null {
  const { severity, code, message } = error as { severity?: string; code?: string; message?: string };
  if (severity !== "PANIC" && severity !== "FATAL") return null;
  const why = code === "53100" ? "the disk is full" : (message ?? "unknown");
  return new InkformError(
    "unavailable",
    `The embedded database had to stop: ${why}. What was acknowledged is safe. ${code === "53100" ? "Make room, then stop" : "Stop"} Inkform and start it again.`,
    error,
  );
}
