import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";

export default defineConfig({
  test: {
    include: ["tests/unit/**/*.test.ts", "tests/integration/**/*.test.ts"],
    setupFiles: ["tests/support/seed-properties.ts"],
    globalSetup: ["tests/support/database-template.ts"],
    sequence: { sequencer: LongestFirst },
    // Of what hangs, not of what is slow: the longest take ten seconds on a machine that has nothing else to do.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Integration tests start databases, processes and threads of their own: forks keep them apart.
    pool: "forks",
    maxWorkers: 2,
    env: { INKFORM_ROOT: import.meta.dirname },
  },
});
