/**
 * `npm test`: installs, builds, then runs every test: unit and integration (Vitest), beside them the browser's (Playwright), which wait for pages much of their time.
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

/** Runs a tool; a tool that fails without having counted a failure is one failure itself. `count` says how many it counted. */
async function runTool(args, options, count) {
  try {
    await runNode(args, options);
    count();
  } catch (error) {
    if (count() > 0) return;
    console.error(error.message);
    total.failed++;
  }
}

/** @returns failures */
function countVitest(file) {
  const report = readJson(file);
  const failed = report?.numFailedTests ?? 0;
  total.passed += report?.numPassedTests ?? 0;
  total.failed += failed;
  total.skipped += (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  return failed;
}

/** @returns failures */
function countPlaywright(file) {
  const stats = readJson(file)?.stats;
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0);
  total.passed += stats?.expected ?? 0;
  total.failed += failed;
  total.skipped += stats?.skipped ?? 0;
  return failed;
}

async function runBrowserTests(after) {
  const report = join(RESULTS, "playwright.json");
  try {
    const { ensureBrowser } = await import("./support/find-browser.mjs");
    const env = { CHROMIUM_PATH: await ensureBrowser(), PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    await runTool(["node_modules/@playwright/test/cli.js", "test"], { env, after }, () => countPlaywright(report));
  } catch (error) {
    await after;
    console.error(error.message);
    total.failed++;
  }
}

/** Below the servers of the browser's tests (0) and their children that read and train (10). */
const BESIDE_BROWSER = 12;

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
// The browser's tests are one after the other and often wait: what they leave of the processors is for the rest, so that both end at about the same time.
const rest = runTool(
  ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
  { niceness: BESIDE_BROWSER },
  () => countVitest(vitestReport),
);
await Promise.all([rest, runBrowserTests(rest)]);

console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
