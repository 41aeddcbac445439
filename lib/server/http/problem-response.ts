import type { Problem } from "../../contracts/common.ts";
import { type ErrorCode, InkformError } from "../../core/inkform-error.ts";
import { isDiskFull } from "../storage/is-disk-full.ts";

const STATUS: Readonly<Record<ErrorCode, readonly [status: number, title: string]>> = {
  "invalid-argument": [400, "The request does not fit"],
  "invalid-file": [422, "The file cannot be read"],
  "unsupported-file": [415, "This kind of file is not read"],
  "too-large": [413, "Too large"],
  "not-found": [404, "Not found"],
  conflict: [409, "Not possible now"],
  forbidden: [403, "Refused"],
  unavailable: [503, "Not available"],
  internal: [500, "Something went wrong"],
};

/**
 * The one place where errors become HTTP. An InkformError's message is the user's; anything else is logged with a number, and the user gets the number, not the
 * inside.
 */
export function toProblemResponse(error: unknown, request: Request): Response {
  const { code, message, fields } = toInkformError(error, request);
  const [status, title] = STATUS[code];
  const problem: Problem = { type: "about:blank", title, status, detail: message, code, ...(fields && { fields: [...fields] }) };
  return Response.json(problem, { status, headers: { "content-type": "application/problem+json", "cache-control": "no-store" } });
}

function toInkformError(error: unknown, request: Request): InkformError {
  if (error instanceof InkformError && error.code !== "internal") return error;
  // Next bundles a class once per route, so that instanceof can fail for an error of another bundle.
  if (isInkformError(error) && error.code !== "internal") return new InkformError(error.code, error.message, undefined, error.fields);
  if (isDiskFull(error))
    return new InkformError(
      "unavailable",
      "The disk that holds the database is full. This change was not stored; what was acknowledged before is safe. Make room and try again.",
    );
  const number = Math.random().toString(36).slice(2, 8);
  console.error(`inkform: error ${number} at ${request.method} ${new URL(request.url).pathname}:`, error);
  return new InkformError(
    "internal",
    `Something went wrong inside the program (number ${number} in its log). What was acknowledged before is safe. Try again; if it repeats, report it with that number.`,
  );
}

function isInkformError(error: unknown): error is InkformError {
  return (
    error instanceof Error &&
    error.name === "InkformError" &&
    typeof (error as { code?: unknown }).code === "string" &&
    (error as InkformError).code in STATUS
  );
}
