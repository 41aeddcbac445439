/** As in wasm/program.ts. */
const COMMANDS = 5120;
const COMMAND_WORDS = 64;
const MOST_COMMANDS = 40;

/** The words of one command, as whole numbers and as floats; two words are a double. */
export interface Command {
  readonly integers: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
}

/** Commands that are carried out one after another in one call of WebAssembly, by all threads where there is enough to do. */
export class Program {
  private readonly commands: readonly Command[];
  private count = 0;
  private work = 0;
  private depth = 0;
  private readonly results: { readonly command: Command; readonly read: (command: Command) => void }[] = [];

  /**
   * @param begin lets helping threads begin with the first `count` commands, where that is worth it for so many multiplications (zeros among them); returns what
   *   carries out what is left of them
   */
  constructor(
    buffer: ArrayBufferLike,
    private readonly begin: (count: number, multiplications: number) => () => void,
  ) {
    this.commands = Array.from({ length: MOST_COMMANDS }, (_, k) => {
      const at = COMMANDS + 4 * COMMAND_WORDS * k;
      return {
        integers: new Int32Array(buffer, at, COMMAND_WORDS),
        floats: new Float32Array(buffer, at, COMMAND_WORDS),
        doubles: new Float64Array(buffer, at, COMMAND_WORDS / 2),
      };
    });
  }

  /**
   * Puts a command at the end. It is carried out at once, or with others where `together` is at work.
   * @param options.write writes words that are no whole numbers
   * @param options.read is called once the command is carried out, before its words are used again
   */
  add(
    words: readonly number[],
    multiplications: number,
    options: { readonly write?: (command: Command) => void; readonly read?: (command: Command) => void } = {},
  ): void {
    if (this.count === MOST_COMMANDS) this.run();
    const command = this.commands[this.count++]!;
    command.integers.set(words);
    options.write?.(command);
    if (options.read) this.results.push({ command, read: options.read });
    this.work += multiplications;
    if (this.depth === 0) this.run();
  }

  /** Carries out what `work` adds once it returns; nothing of it where it fails. Calls `meanwhile` when helping threads have begun. */
  together<R>(work: () => R, meanwhile?: () => void): R {
    this.depth++;
    try {
      const result = work();
      if (this.depth === 1) this.run(meanwhile);
      else meanwhile?.();
      return result;
    } finally {
      this.depth--;
      if (this.depth === 0) this.clear();
    }
  }

  private run(meanwhile?: () => void): void {
    const finish = this.begin(this.count, this.work);
    try {
      meanwhile?.();
    } finally {
      finish();
    }
    for (const { command, read } of this.results) read(command);
    this.clear();
  }

  private clear(): void {
    this.count = 0;
    this.work = 0;
    this.results.length = 0;
  }
}
