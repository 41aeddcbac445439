import { Readable } from "node:stream";

export interface FileOptions {
  readonly type: string;
  /** Saved under this name; shown in the tab without one. ASCII letters, digits, "-", "_" and "." only. */
  readonly fileName?: string;
  /** Its length, where the body is a stream and the length is known. */
  readonly bytes?: number;
  /** The address always answers the same bytes: the browser may keep them. */
  readonly immutable?: boolean;
}

/** An answer of bytes, whole or streamed. */
export function fileResponse(body: Uint8Array | Readable, { type, fileName, bytes, immutable = false }: FileOptions): Response {
  const length = body instanceof Uint8Array ? body.length : bytes;
  const headers: Record<string, string> = {
    "content-type": type,
    "cache-control": immutable ? "private, max-age=86400, immutable" : "no-store",
    "x-content-type-options": "nosniff",
  };
  if (length !== undefined) headers["content-length"] = String(length);
  if (fileName !== undefined) headers["content-disposition"] = `attachment; filename="${fileName}"`;
  return new Response(body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : (Readable.toWeb(body) as ReadableStream), {
    headers,
  });
}
