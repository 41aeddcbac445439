import type { ProcessPoolOptions } from "./process-pool-options.ts";

/** Node's options for a child's JavaScript heap. */
export function heapFlags({ memoryMb = 1024, youngMb }: Pick<ProcessPoolOptions, "memoryMb" | "youngMb">): string[] {
  return [`--max-old-space-size=${memoryMb}`, ...(youngMb === undefined ? [] : [`--max-semi-space-size=${youngMb}`])];
}
