import { InkformError } from "../core/inkform-error.ts";
import { getEnv } from "./env.ts";
import { openRuntime } from "./open-runtime.ts";
import { setRuntime } from "./runtime.ts";

/** Opens the runtime for this process, or ends the process with a message that says why it cannot be opened. scripts/serve.mjs closes it. */
export async function startServerRuntime(): Promise<void> {
  try {
    setRuntime(await openRuntime(getEnv()));
  } catch (error) {
    const message =
      error instanceof InkformError
        ? error.message
        : `Something unexpected happened: ${error instanceof Error ? error.stack : String(error)}`;
    process.stderr.write(`Inkform cannot start. ${message}\n`);
    process.exit(1);
  }
}
