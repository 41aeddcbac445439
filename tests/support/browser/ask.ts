import type { TestServer } from "../start-server.ts";

/** What the server answers on `/api` + path: bytes go as they are, all else as JSON. @throws Error where it refuses */
export async function ask<T>(server: TestServer, path: string, request: { method?: string; body?: object } = {}): Promise<T> {
  const { method = "GET", body } = request;
  const bytes = body instanceof Uint8Array;
  const answer = await fetch(`${server.url}/api${path}`, {
    method,
    headers: { "content-type": bytes ? "application/octet-stream" : "application/json" },
    body: body === undefined ? undefined : bytes ? Buffer.from(body) : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text === "" ? null : JSON.parse(text)) as T;
}
