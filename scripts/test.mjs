/**
 * `npm test`: installs, builds, then runs every test: unit and integration (Vitest), then the browser's (Playwright).
 * The last line is `N passed, N failed, N skipped`; the exit code is 0 only if nothing failed.
 * Data: MNIST_DIR, NIST_DIR, QMNIST_DIR and TEST_DATABASE_URL turn on the tests that need them.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkNode, ensureBuilt, ensureGenerated, ensureInstalled, ROOT, runNode } from "./support/bootstrap.mjs";

const RESULTS = join(ROOT, "build", "test-results");
const total = { passed: 0, failed: 0, skipped: 0 };

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

/** Runs a tool; a tool that fails without having counted a failure is one failure itself. */
async function runTool(args, env, count) {
  const before = total.failed;
  try {
    await runNode(args, { env });
    count();
  } catch (error) {
    count();
    if (total.failed === before) {
      console.error(error.message);
      total.failed++;
    }
  }
}

function countVitest(file) {
  const report = readJson(file);
  total.passed += report?.numPassedTests ?? 0;
  total.failed += report?.numFailedTests ?? 0;
  total.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
}

function countPlaywright(file) {
  const stats = readJson(file)?.stats;
  total.passed += stats?.expected ?? 0;
  total.failed += (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
  total.skipped += stats?.skipped ?? 0;
}

checkNode();
try {
  await ensureInstalled({ development: true });
  await ensureGenerated();
  await ensureBuilt();
} catch (error) {
  console.error(`The tests could not be prepared: ${error.message}`);
  process.exit(1);
}

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });
const vitestReport = join(RESULTS, "vitest.json");
await runTool(
  ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
  {},
  () => countVitest(vitestReport),
);

const playwrightReport = join(RESULTS, "playwright.json");
try {
  const { ensureBrowser } = await import("./support/find-browser.mjs");
  const browser = await ensureBrowser();
  await runTool(
    ["node_modules/@playwright/test/cli.js", "test"],
    { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    () => countPlaywright(playwrightReport),
  );
} catch (error) {
  console.error(error.message);
  total.failed++;
}

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
