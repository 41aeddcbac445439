import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import type { CollectionView } from "../../lib/contracts/collections.ts";
import type { RunView } from "../../lib/contracts/runs.ts";
import { DEMO_SHEETS } from "../../lib/server/services/demo/demo-plan.ts";
import { ask } from "../support/browser/ask.ts";
import { type Glyph, readGlyph } from "../support/browser/review-tab.ts";
import { startEmptyServer, type TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// The demo as a newcomer meets it: one button on the first page, and about a minute later a whole loop to look at; also where a process dies on the way, and the server.
let server: TestServer;
test.beforeAll(async () => {
  server = await startEmptyServer({ MNIST_DIR: "" });
});
test.afterAll(async () => {
  await server.stop();
});

/** Ends the server's children whose command holds `name`, as a crash would. */
function killChildren(name: string): number {
  const lines = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(server.pid)], { encoding: "utf8" }).split("\n");
  const pids = lines.filter((line) => line.includes(name)).map((line) => Number.parseInt(line, 10));
  for (const pid of pids) process.kill(pid, "SIGKILL");
  return pids.length;
}

const post = <T>(path: string) => ask<T>(server, path, { method: "POST" });
const readCounts = async (): Promise<CollectionView["counts"]> => (await ask<CollectionView>(server, "/collections/demo")).counts;

test("the demo's button leads through the whole loop to a measured network, also over kill -9 of its processes and of the server", async ({
  page,
  context,
}) => {
  test.setTimeout(1_200_000);
  // The server is away for a moment: the browser says so.
  const takeProblems = watchConsole(context, /net::ERR_|Failed to fetch/);
  await page.goto(server.url);
  await page.getByRole("button", { name: "Show me with a demo" }).click();
  await expect(page).toHaveURL(/\/c\/demo\?demo=/);
  const home = page.url().split("?")[0];

  // Its progress grows, and someone who comes back to the address sees it again.
  const progress = page.getByRole("progressbar");
  const fraction = () => progress.getAttribute("aria-valuenow", { timeout: 180_000 }).then(Number);
  await expect(progress).toBeVisible();
  await expect.poll(fraction).toBeGreaterThan(0);
  const early = await fraction();
  // A second click, in another tab say, leads to the one that is under way.
  const again = await post<{ collection: string }>("/demo");
  expect(again).toEqual(await post("/demo"));
  expect(again.collection).toBe("demo");

  const scans = () => readCounts().then((counts) => counts.scans);
  await expect.poll(scans, { timeout: 180_000 }).toBeGreaterThanOrEqual(2);
  // Between two sheets there may be none at work.
  await expect.poll(() => killChildren("threads/simulate.mjs"), { intervals: [50] }).toBe(1);
  await expect.poll(scans, { timeout: 180_000 }).toBeGreaterThanOrEqual(4);
  await server.kill();
  await server.restart();
  await page.reload();
  await expect.poll(fraction, { timeout: 180_000 }).toBeGreaterThan(early);

  await expect(page.getByRole("status").filter({ hasText: "The demo is" })).toBeVisible({ timeout: 900_000 });
  await page.screenshot({ path: "build/test-results/demo-home.png", fullPage: true });
  const loop = page.getByRole("list", { name: "The loop" });
  for (const name of ["Cards", "Scans", "Glyphs", "Labels", "Datasets", "Models"]) {
    // The count is the first number after the station's name.
    await expect(loop.getByRole("link", { name: new RegExp(`^${name}\\s*[1-9]`) })).toBeVisible();
  }

  // Nothing is missing and nothing is there twice.
  const counts = await readCounts();
  expect(counts).toMatchObject({
    cards: DEMO_SHEETS.length,
    scans: DEMO_SHEETS.length,
    pagesRead: DEMO_SHEETS.length,
    datasets: 1,
    runs: 1,
    runsDone: 1,
  });
  const [run] = (await ask<{ runs: RunView[] }>(server, "/collections/demo/runs")).runs;
  expect(run).toMatchObject({ state: "done", evaluations: [{ set: run.dataset.id }] });
  expect(run.evaluations[0].result.errorRate).toBeLessThan(0.1);
  // Confirmed once each, by "demo"; something is left to review.
  const { glyphs, total } = await ask<{ glyphs: Glyph[]; total: number }>(
    server,
    "/collections/demo/glyphs?state=reviewed&order=random&limit=40",
  );
  expect(total).toBe(counts.reviewed);
  for (const { id } of glyphs) {
    const { labels } = await readGlyph(server, id);
    expect(labels.filter(({ by }) => by === "demo")).toHaveLength(1);
  }
  expect(counts.disagreeing).toBeGreaterThan(5);

  await page.goto(`${home}/evaluate`);
  await expect(page.getByTestId("error-rate")).toContainText(/\d % \(\d+\.\d+ to \d+\.\d+\)/);
  await page.screenshot({ path: "build/test-results/demo-evaluate.png", fullPage: true });
  expect(takeProblems(), "nothing else in the browser's console").toEqual([]);
  expect(await post("/demo")).toMatchObject({ collection: "demo-2" });
});
