import { InkformError } from "../../core/inkform-error.ts";
import type { FromChild, ToChild } from "./task-protocol.ts";

/** What a task's function gets besides its input. */
export interface TaskContext<Message> {
  /** Sends a message; resolves when the other side took it, so that awaiting it keeps a fast task from running ahead. */
  emit(message: Message): Promise<void>;
  /** Says that a step is done: what takes its time step by step is not taken for hanging. However often it is called, little is sent. */
  alive(): void;
  /** What the pool gives to every task (`ProcessPoolOptions.common`). */
  readonly common: unknown;
  /** Aborted when the caller lost interest: end soon, or be killed 10 s later. */
  readonly signal: AbortSignal;
}

/** Between two messages that say no more than that a task gets on: each takes some 0.3 ms of both processes. */
const ALIVE_EVERY_MS = 200;

/** The main function of a child process made by `createProcessPool`: waits for tasks and does them one after another. */
export function serveTasks<Input, Message>(work: (input: Input, context: TaskContext<Message>) => Promise<void>): void {
  if (process.send === undefined) throw new InkformError("internal", "this file is started by createProcessPool, not by hand");
  let common: unknown;
  let current: { task: number; abort: AbortController; takers: (() => void)[] } | null = null;
  const send = (message: FromChild): void => void process.send?.(message);

  let aliveAt = 0;
  const alive = (): void => {
    const now = performance.now();
    if (now - aliveAt < ALIVE_EVERY_MS) return;
    aliveAt = now;
    send({ type: "alive" });
  };

  const run = async (task: number, input: Input): Promise<void> => {
    const entry = { task, abort: new AbortController(), takers: [] as (() => void)[] };
    current = entry;
    const emit = (value: Message): Promise<void> => {
      send({ type: "message", task, value });
      // After a cancel nobody may be listening any more.
      if (entry.abort.signal.aborted) return Promise.resolve();
      return new Promise<void>((resolve) => entry.takers.push(resolve));
    };
    try {
      await work(input, { emit, alive, common, signal: entry.abort.signal });
      current = null;
      send({ type: "done", task });
    } catch (error) {
      current = null;
      const known = error instanceof InkformError;
      send({
        type: "failed",
        task,
        code: known ? error.code : "internal",
        message: error instanceof Error ? error.message : String(error),
        stack: (error instanceof Error && error.stack) || "",
      });
    }
  };

  process.on("message", (message: ToChild) => {
    switch (message.type) {
      case "common":
        common = message.value;
        break;
      case "task":
        void run(message.task, message.input as Input);
        break;
      case "taken":
        if (current?.task === message.task) current.takers.shift()?.();
        break;
      case "cancel":
        if (current?.task === message.task) {
          current.abort.abort("cancelled");
          for (const taker of current.takers.splice(0)) taker();
        }
        break;
    }
  });
  send({ type: "ready" });
  // The server is gone: so are we.
  process.on("disconnect", () => process.exit(0));
  // Ctrl+C in a terminal, and the stop of a service (systemd), reach the whole group; the server tells us when to end. Else its tasks would have failed before it stops them.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
}
