/** Next calls this once, before the first request. The runtime lives in Node alone; this file is also compiled for the edge, where it does nothing. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServerRuntime } = await import("./lib/server/start-server-runtime.ts");
  await startServerRuntime();
}
