import { InkformError } from "../../core/inkform-error.ts";
import type { Prisma } from "./generated/client.ts";

/** @returns `value` as Prisma takes it for a JSON column. What comes back is `unknown` in truth: parse it with its zod schema. */
export function toJson(value: unknown): Prisma.InputJsonValue {
  if (value === null || value === undefined)
    throw new InkformError("internal", "a JSON column was given no value; leave the column out instead");
  return value as Prisma.InputJsonValue;
}
