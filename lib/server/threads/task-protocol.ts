import type { ErrorCode } from "../../core/inkform-error.ts";

/** What a pool sends its child process. One task at a time. */
export type ToChild =
  | { readonly type: "task"; readonly task: number; readonly input: unknown }
  /** Sent once, before the first task. */
  | { readonly type: "common"; readonly value: unknown }
  /** The caller took the oldest message: `emit` resolves. */
  | { readonly type: "taken"; readonly task: number }
  | { readonly type: "cancel"; readonly task: number };

/** What the child answers. */
export type FromChild =
  /** Loaded: tasks are looked at from here on. Sent once. */
  | { readonly type: "ready" }
  /** A step of the task that runs is done: it gets on. */
  | { readonly type: "alive" }
  | TaskAnswer;

export type TaskAnswer =
  | { readonly type: "message"; readonly task: number; readonly value: unknown }
  | { readonly type: "done"; readonly task: number }
  | { readonly type: "failed"; readonly task: number; readonly code: ErrorCode; readonly message: string; readonly stack: string };
