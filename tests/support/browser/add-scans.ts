import type { TestServer } from "../start-server.ts";
import { ask } from "./ask.ts";

interface Scans {
  readonly scans: readonly { readonly state: string; readonly pages: readonly { readonly id: string; readonly state: string }[] }[];
}

const READ_MS = 240_000;

/** Adds files to the collection "mine" and waits until all that it has are read or refused. @returns its scans */
export async function addScans(server: TestServer, files: readonly { name: string; bytes: Uint8Array }[]): Promise<Scans["scans"]> {
  for (const { name, bytes } of files) {
    await ask(server, `/collections/mine/scans?name=${encodeURIComponent(name)}`, { method: "POST", body: bytes });
  }
  const deadline = Date.now() + READ_MS;
  for (;;) {
    const { scans } = await ask<Scans>(server, "/collections/mine/scans");
    if (scans.every(({ state }) => state === "done" || state === "failed")) return scans;
    if (Date.now() > deadline) throw new Error(`after ${READ_MS / 1000} s not all is read: ${JSON.stringify(scans)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
