/** A measured figure, printed as one JSON line. */
export interface BenchLine {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** The other program and its version; null where there is none to compare with. */
  readonly against: string | null;
  /** Ours over theirs, better above 1; null where there is nothing to compare with. */
  readonly ratio: number | null;
}

export interface Bench {
  /** What it measures, a line for the list. */
  readonly about: string;
  /** Environment variables it needs, such as MNIST_DIR. */
  readonly needs: readonly string[];
  /** Whether it starts the app, which is built anew before where its sources have changed. */
  readonly startsApp?: boolean;
  /** Whether anything may follow its name. */
  readonly takesOptions?: boolean;
  /** @param args what follows the bench's name on the command line */
  run(report: Report, args: string[]): Promise<void>;
}

export type Report = (line: Omit<BenchLine, "bench">) => void;

/** The middle of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** At most four digits that mean something. */
export function round(value: number): number {
  return Number(value.toPrecision(4));
}
