import { expect, test } from "@playwright/test";
import { startServer, type TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// The demo as a newcomer meets it: one button on the first page, and about a minute later a whole loop to look at.
let server: TestServer;
test.beforeAll(async () => {
  server = await startServer({ MNIST_DIR: "" });
});
test.afterAll(async () => {
  await server.stop();
});

test("the demo's button leads through the whole loop to a measured network", async ({ page, context }) => {
  test.setTimeout(180_000);
  const takeProblems = watchConsole(context);
  await page.goto(server.url);
  await page.getByRole("button", { name: "Show me with a demo" }).click();
  await expect(page).toHaveURL(/\/c\/[a-z0-9-]+\?demo=/);
  const home = page.url().split("?")[0];

  // Its progress grows, and someone who comes back to the address sees it again.
  const progress = page.getByRole("progressbar");
  const fraction = () => progress.getAttribute("aria-valuenow", { timeout: 5_000 }).then(Number);
  await expect(progress).toBeVisible();
  await expect.poll(fraction, { timeout: 30_000 }).toBeGreaterThan(0);
  const early = await fraction();
  await page.reload();
  await expect.poll(fraction, { timeout: 30_000 }).toBeGreaterThan(early);

  await expect(page.getByRole("status").filter({ hasText: "The demo is" })).toBeVisible({ timeout: 120_000 });
  await page.screenshot({ path: "build/test-results/demo-home.png", fullPage: true });
  const loop = page.getByRole("list", { name: "The loop" });
  for (const name of ["Cards", "Scans", "Glyphs", "Labels", "Datasets", "Models"]) {
    // The count is the first number after the station's name.
    await expect(loop.getByRole("link", { name: new RegExp(`^${name}\\s*[1-9]`) })).toBeVisible();
  }

  await page.goto(`${home}/evaluate`);
  await expect(page.getByTestId("error-rate")).toContainText(/\d % \(\d+\.\d+ to \d+\.\d+\)/, { timeout: 30_000 });
  await page.screenshot({ path: "build/test-results/demo-evaluate.png", fullPage: true });
  expect(takeProblems(), "nothing in the browser's console").toEqual([]);
});
