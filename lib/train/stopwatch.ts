export interface Stopwatch {
  seconds(): number;
  pause(): void;
  go(): void;
}

/** Training time, without what is spent on measuring and saving; goes on from `before` seconds. */
export function createStopwatch(before: number): Stopwatch {
  let spent = before * 1000;
  let startedAt: number | null = performance.now();
  return {
    seconds: () => (spent + (startedAt === null ? 0 : performance.now() - startedAt)) / 1000,
    pause: () => {
      if (startedAt !== null) spent += performance.now() - startedAt;
      startedAt = null;
    },
    go: () => {
      startedAt = performance.now();
    },
  };
}
