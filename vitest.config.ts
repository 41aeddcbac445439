import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/unit/**/*.test.ts", "tests/integration/**/*.test.ts"],
    setupFiles: ["tests/support/seed-properties.ts"],
    globalSetup: ["tests/support/database-template.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Integration tests start databases, processes and threads of their own: forks keep them apart.
    pool: "forks",
    maxWorkers: 2,
    env: { INKFORM_ROOT: import.meta.dirname },
  },
});
