/** What a failure is, in words a program can switch on. One place (`lib/server/http`) maps them to HTTP statuses. */
export type ErrorCode =
  | "invalid-argument"
  | "invalid-file"
  | "unsupported-file"
  | "too-large"
  | "not-found"
  | "conflict"
  | "forbidden"
  | "unavailable"
  | "internal";

/**
 * The one error class. `message` is safe to show to a user and says what happened, to which file or page, and what to do;
 * `details` is for the log only.
 */
export class InkformError extends Error {
  override readonly name = "InkformError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: unknown,
    /** Which parts of a request are wrong, for the form that sent it. */
    readonly fields?: readonly { readonly path: string; readonly message: string }[],
  ) {
    super(message);
  }
}
