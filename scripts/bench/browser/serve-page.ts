import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { TrainingSet } from "../../../lib/mlp/training-set.ts";
import { securityHeaders } from "../../../lib/server/http/security-headers.mjs";

const ENTRIES = {
  page: "scripts/bench/browser/page.ts",
  bench: "scripts/bench/browser/bench.worker.ts",
  "kernel-thread": "lib/train/tab/kernel-thread.worker.ts",
};

/** Serves one page with the engine in it, under the app's own headers, so that the app need not be built. @returns its address and its end */
export async function servePage(data: TrainingSet): Promise<{ url: string; close: () => void }> {
  const { outputFiles } = await build({
    entryPoints: ENTRIES,
    outdir: "/",
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
  });
  const files = new Map<string, { type: string; bytes: Uint8Array }>([
    ["/", { type: "text/html", bytes: new TextEncoder().encode('<!doctype html><title>bench</title><script src="/page.js"></script>') }],
    ["/images", { type: "application/octet-stream", bytes: data.images }],
    ["/labels", { type: "application/octet-stream", bytes: data.labels }],
    ["/starter.ink", { type: "application/octet-stream", bytes: await readFile("lib/mlp/starter/starter.ink") }],
    ...outputFiles.map(({ path, contents }) => [path, { type: "text/javascript", bytes: contents }] as const),
  ]);
  const headers = securityHeaders();
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    if (file === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { ...headers, "content-type": file.type }).end(file.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
