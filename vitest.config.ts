import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";
import { SHORT_LIVED } from "./tests/support/short-lived.ts";

/** What starts processes and threads and counts them, kills them or its own worker, or fills a process's address space with memories of its own. */
const APART = [
  "tests/unit/mlp/**/*.test.ts",
  "tests/integration/{server,threads,jobs}/**/*.test.ts",
  "tests/integration/db/{end-at-panic,migrate}.test.ts",
  "tests/integration/{runs,kernel-threads,predict-out-of-fold,label-errors}.test.ts",
  "tests/integration/train-*.test.ts",
];

export default defineConfig({
  test: {
    globalSetup: ["tests/support/database-template.ts"],
    sequence: { sequencer: LongestFirst },
    // Of what hangs, not of what is slow: the longest take twenty seconds on a machine that has nothing else to do.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    setupFiles: ["tests/support/seed-properties.ts"],
    env: { INKFORM_ROOT: import.meta.dirname },
    pool: "forks",
    maxWorkers: 2,
    projects: [
      // A process a file.
      { extends: true, test: { name: "apart", include: APART, execArgv: SHORT_LIVED } },
      // The others follow one another in two processes: what they load is loaded, compiled and optimized once, which is a third of their processor time.
      {
        extends: true,
        test: { name: "together", include: ["tests/{unit,integration}/**/*.test.ts"], exclude: APART, isolate: false },
      },
    ],
  },
});
