import { z } from "zod";
import { InkformError } from "../../core/inkform-error.ts";
import { getRuntime, type Runtime } from "../runtime.ts";
import { toProblemResponse } from "./problem-response.ts";
import { readBody } from "./read-body.ts";

/** JSON bodies are small: 1,000 labels are 200 kB. */
const MAX_JSON_BYTES = 2_000_000;
/** A request that does not fit at all has hundreds. */
const MAX_ISSUES = 5;

/** What a route takes. A part without a schema must be empty; schemas are strict, so that a misspelt key is refused and not ignored. */
export interface RouteSchemas<Params, Query, Body> {
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  /** A JSON body. A route that reads `request.body` itself (uploads) says "bytes", and bounds it by `readBody` or `boundStream`. */
  readonly body?: z.ZodType<Body> | "bytes";
  /** Status of a JSON answer; 200. */
  readonly status?: number;
}

export interface RouteInput<Params, Query, Body> {
  readonly runtime: Runtime;
  readonly request: Request;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
}

type Context = { params: Promise<Record<string, string | string[]>> };

/**
 * Makes a handler of a route.ts: checks parameters, query and body against their schemas, calls `handle`, and answers what it returns: a Response as it is, undefined as
 * 204, anything else as JSON. Whatever is thrown becomes problem+json (RFC 9457).
 */
export function route<Params = undefined, Query = undefined, Body = undefined>(
  schemas: RouteSchemas<Params, Query, Body>,
  handle: (input: RouteInput<Params, Query, Body>) => Promise<unknown>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      const params = check(schemas.params ?? NOTHING, await context.params, "The address") as Params;
      const query = check(schemas.query ?? NOTHING, readQuery(request), "The query") as Query;
      const body = (schemas.body === "bytes" ? undefined : await readJson(schemas.body, request)) as Body;
      const answer = await handle({ runtime: getRuntime(), request, params, query, body });
      if (answer instanceof Response) return answer;
      if (answer === undefined) return new Response(null, { status: 204 });
      return Response.json(answer, { status: schemas.status ?? 200, headers: { "cache-control": "no-store" } });
    } catch (error) {
      return toProblemResponse(error, request);
    }
  };
}

const NOTHING = z.strictObject({}).transform(() => undefined);

function check(schema: z.ZodType, value: unknown, what: string): unknown {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, MAX_ISSUES).map(({ path, message }) => ({ path: path.join("."), message }));
  throw new InkformError("invalid-argument", `${what} does not fit: ${describeIssues(parsed.error)}.`, undefined, fields);
}

function describeIssues(error: z.ZodError): string {
  const shown = error.issues
    .slice(0, MAX_ISSUES)
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue.message));
  const more = error.issues.length - shown.length;
  return shown.join("; ") + (more > 0 ? `; and ${more} more` : "");
}

function readQuery(request: Request): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [key, value] of new URL(request.url).searchParams) {
    if (Object.hasOwn(query, key)) throw new InkformError("invalid-argument", `The query does not fit: ${key} is there twice.`);
    query[key] = value;
  }
  return query;
}

async function readJson(schema: z.ZodType | undefined, request: Request): Promise<unknown> {
  if (schema === undefined) return undefined;
  const bytes = await readBody(request, MAX_JSON_BYTES);
  if (bytes.length === 0) return check(schema, {}, "The body");
  // A form of another site can send text/plain without asking, but not application/json.
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json\b/i.test(type))
    throw new InkformError("invalid-argument", `The body must be JSON with the content-type application/json, not "${type}".`);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new InkformError("invalid-argument", "The body is not valid JSON.");
  }
  return check(schema, value, "The body");
}
