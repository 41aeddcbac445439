import type { z } from "zod";
import { type Problem, problemSchema } from "../../lib/contracts/common.ts";

/** A failed request; `message` is the problem's detail: what happened, to which file or page, what is safe, what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

/** GETs `url` and checks the answer against its contract. @throws ApiError */
export async function getJson<T>(schema: z.ZodType<T>, url: string, signal?: AbortSignal): Promise<T> {
  const response = await request(url, { signal, headers: { accept: "application/json" } });
  return parseAnswer(schema, url, await response.json());
}

/** Sends `body` as JSON and checks the answer against its contract. @throws ApiError */
export async function sendJson<T>(
  schema: z.ZodType<T>,
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  url: string,
  body?: unknown,
): Promise<T> {
  const response = await request(url, jsonInit(method, body));
  return parseAnswer(schema, url, response.status === 204 ? undefined : await response.json());
}

/** Sends bytes (a model) and checks the answer against its contract. @throws ApiError */
export async function sendBytes<T>(schema: z.ZodType<T>, method: "POST" | "PUT", url: string, bytes: Uint8Array): Promise<T> {
  const headers = { "content-type": "application/octet-stream" };
  const response = await request(url, { method, headers, body: bytes as Uint8Array<ArrayBuffer> });
  return parseAnswer(schema, url, await response.json());
}

/** Sends `body` as JSON where only success counts, not the answer. @throws ApiError */
export async function send(method: "POST" | "PUT" | "PATCH" | "DELETE", url: string, body?: unknown): Promise<void> {
  await request(url, jsonInit(method, body));
}

/** Sends `body` as JSON and answers a file with the name the server gave it. @throws ApiError */
export async function sendForFile(url: string, body: unknown, fallbackName: string): Promise<{ blob: Blob; fileName: string }> {
  const response = await request(url, jsonInit("POST", body));
  const disposition = response.headers.get("content-disposition") ?? "";
  const fileName = /filename="?([^";]+)"?/.exec(disposition)?.[1] ?? fallbackName;
  return { blob: await response.blob(), fileName };
}

/** GETs bytes (packed glyph images, a model). @throws ApiError */
export async function getBytes(url: string, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await request(url, { signal });
  return new Uint8Array(await response.arrayBuffer());
}

/** Any failure in words for the user; never empty. */
export function describeError(error: unknown): string {
  if (error instanceof ApiError) return error.problem.detail;
  if (error instanceof Error) return error.message;
  return String(error);
}

/** The problem in an error answer, whatever its body was; exported for uploads, which go through XMLHttpRequest. */
export function toApiError(status: number, body: string, url: string): ApiError {
  try {
    const problem = problemSchema.safeParse(JSON.parse(body));
    if (problem.success) return new ApiError(problem.data);
  } catch {
    // not JSON: a proxy's or the framework's own page; the status says what there is to say
  }
  return new ApiError({
    type: "about:blank",
    title: `Status ${status}`,
    status,
    detail: `The server answered ${status} to ${new URL(url, "http://local").pathname} without saying why. Its log has the cause.`,
    code: "internal",
  });
}

function jsonInit(method: string, body: unknown): RequestInit {
  if (body === undefined) return { method };
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function request(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError({
      type: "about:blank",
      title: "No answer",
      status: 503,
      detail: "Inkform's server does not answer. Nothing acknowledged is lost; start it again with `npm start` and retry.",
      code: "unavailable",
    });
  }
  if (!response.ok) throw toApiError(response.status, await response.text(), url);
  return response;
}

function parseAnswer<T>(schema: z.ZodType<T>, url: string, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new ApiError({
    type: "about:blank",
    title: "Unexpected answer",
    status: 500,
    detail: `The answer of ${new URL(url, "http://local").pathname} is not what this page expects (${first?.path.join(".") || "whole"}: ${first?.message}). Reload the page; if it stays, the page and the server are of different versions.`,
    code: "internal",
  });
}
