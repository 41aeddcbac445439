import type { Runtime } from "../../runtime.ts";

/** Answers once the database does. */
export async function getHealth(runtime: Runtime): Promise<{ status: "ok"; database: "embedded" | "server" }> {
  await runtime.database.query("SELECT 1");
  return { status: "ok", database: runtime.database.kind };
}
