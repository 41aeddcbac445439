export interface ProcessPoolOptions {
  /** For messages: "reading". */
  readonly name: string;
  /** The bundled entry, build/threads/<name>.mjs, which calls `serveTasks`. */
  readonly entry: string;
  /** Child processes at most; they are started when there is work. */
  readonly size: number;
  /** Cap of a child's JavaScript heap. */
  readonly memoryMb?: number;
  /** Cap of each half of the heap's part for young objects, which otherwise grows to 16 MB: for children that make little that lasts. */
  readonly youngMb?: number;
  /** A child that says nothing for so long while it works is taken for hanging and killed. */
  readonly silenceMs?: number;
  /** The same by its processor time since its last sign of life, where the system tells it: a busy machine does not count. Default: no such bound. */
  readonly busyMs?: number;
  /** What every task needs, sent once to each child: `TaskContext.common`. */
  readonly common?: unknown;
  /** An idle child is ended after this. */
  readonly idleMs?: number;
  /** 0 (as the server) to 19; the site goes first. */
  readonly niceness?: number;
  readonly env?: Readonly<Record<string, string>>;
}
