import { defineConfig } from "@playwright/test";

const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "build/test-results/playwright",
  globalSetup: "./tests/support/browser/filled-server.ts",
  // One server and one data folder a spec file, started by the spec (tests/support/start-server.ts); two cores.
  workers: 1,
  retries: 0,
  // On a slow machine with other work a page can take long; what passes waits no longer than it must.
  timeout: 480_000,
  expect: { timeout: 60_000 },
  reporter: [["list"], ["json", { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? "build/test-results/playwright.json" }]],
  use: {
    screenshot: "only-on-failure",
    // Without a film of the page and without its content before and after each step, which are made all the time and seen only where something fails: then what the page
    // held at the end is beside the screenshot.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        // Chromium's sandbox does not start for root.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
