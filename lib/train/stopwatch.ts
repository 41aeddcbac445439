/** Training time, without what is spent on measuring and saving, and without the time before a resume. */
export function createStopwatch(before: number): { seconds(): number; pause(): void; go(): void } {
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
