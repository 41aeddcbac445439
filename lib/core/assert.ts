import { InkformError } from "./inkform-error.ts";

/** Checks an argument. @throws InkformError `invalid-argument` with `message`, which says what must hold and what came. */
export function assertArgument(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InkformError("invalid-argument", message);
}

/** For the `default` of an exhaustive switch: a compile error where a case is missing. */
export function assertNever(value: never): never {
  throw new InkformError("internal", `unexpected value: ${String(value)}`);
}
