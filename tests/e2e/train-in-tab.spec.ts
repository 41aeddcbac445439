import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { decodeModel } from "../../lib/mlp/model-file/decode-model.ts";
import { ask } from "../support/browser/ask.ts";
import { startFilledServer } from "../support/browser/filled-server.ts";
import { whenAlive } from "../support/browser/when-alive.ts";
import type { TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// A network trained in the page on a collection's own glyphs: without the server while it learns, and reading at once.
let server: TestServer;
test.beforeAll(async () => {
  server = await startFilledServer();
  await ask(server, "/collections/mine/datasets", { method: "POST", body: { includeAgreeing: true } });
});
test.afterAll(async () => {
  await server.stop();
});

async function expectClean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
}

test("trains in the tab, pauses and goes on, reads a drawn digit, and is kept", async ({ page, context }) => {
  const takeProblems = watchConsole(context);
  await page.goto(`${server.url}/c/mine/train`);
  await (await whenAlive(page.getByTestId("train-tab"))).click();
  const part = page.getByTestId("train-in-tab");
  await expect(part).toBeVisible();
  await expect(page).toHaveURL(/in=tab/);
  // By keys: the number of epochs, then start.
  // So many units that threads help where there are any.
  await part.getByLabel("Hidden units").fill("400");
  await part.getByLabel("Epochs").fill("1000");
  await part.getByLabel("Epochs").press("Enter");

  // A curve from the first second, and figures.
  await expect(part).toHaveAttribute("data-phase", "running");
  await expect.poll(async () => Number(await part.getByTestId("curve").getAttribute("data-points"))).toBeGreaterThan(3);
  await expect(part.getByTestId("tab-rate")).toHaveText(/^\d/);
  await expect(part.getByTestId("tab-error")).toHaveText(/%$/);

  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  await expect(part.getByTestId("tab-threads")).toHaveText(String(Math.min(4, cores)));

  // While it learns nothing is asked of the server.
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.getByTestId("tab-pause").click();
  await expect(part).toHaveAttribute("data-phase", "paused");
  await expect(part.getByText(/^Paused in epoch/)).toBeVisible();
  // The network as it is by now reads already.
  await page.keyboard.press("3");
  await expect(page.getByTestId("tab-verdict")).not.toHaveText("–");
  const lossAtPause = await part.getByTestId("tab-loss").textContent();
  await page.waitForTimeout(300);
  expect(await part.getByTestId("tab-loss").textContent()).toBe(lossAtPause);
  await page.screenshot({ path: "build/test-results/tab-paused.png", fullPage: true });
  await page.getByTestId("tab-resume").click();
  await expect(part.getByTestId("tab-loss")).not.toHaveText(lossAtPause ?? "");
  expect(requests).toEqual([]);

  // Going elsewhere in the app and back does not end it.
  await page.getByRole("link", { name: "Evaluate", exact: true }).first().click();
  await page.getByRole("link", { name: "Train", exact: true }).first().click();
  await page.getByTestId("train-tab").click();
  await expect(part).toHaveAttribute("data-phase", /running|done/);
  if ((await part.getAttribute("data-phase")) === "running") await page.getByTestId("tab-stop").click();
  await expect(part).toHaveAttribute("data-phase", "done");

  for (const digit of ["1", "0", "3"]) {
    await page.keyboard.press(digit);
    await expect(page.getByTestId("tab-verdict")).toHaveText(digit);
  }
  await expectClean(page);
  await page.screenshot({ path: "build/test-results/tab-done.png", fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 740 });
  await expectClean(page);
  await page.screenshot({ path: "build/test-results/tab-phone-dark.png", fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });

  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("tab-download").click()]);
  const model = decodeModel(await readFile(await download.path()));
  expect(model.layers).toEqual([784, 400, 10]);
  await page.getByTestId("tab-keep").click();
  await expect(page.getByTestId("tab-kept")).toHaveText(/Kept as run 1/);
  await page.getByRole("tab", { name: "On the server" }).click();
  await expect(page.getByRole("region", { name: "Run 1" })).toContainText("in a tab");
  await expect(page.getByTestId("run-state").first()).toContainText("done");
  expect(takeProblems(), "nothing in the browser's console").toEqual([]);
});

test("says in words what it cannot train on", async ({ page }) => {
  // A version that holds nothing to learn from cannot be built here, so the server's answers are bent.
  await page.route("**/files/train-images-idx3-ubyte.gz", (route) => route.fulfill({ body: Buffer.from([0, 0, 8, 3, 0, 0]) }));
  await page.goto(`${server.url}/c/mine/train?in=tab`);
  await page.getByTestId("tab-start").click();
  await expect(page.getByTestId("train-in-tab").getByRole("alert")).toContainText(/the training images.*ends within its header/i);
  await expect(page.getByTestId("tab-start")).toBeEnabled();
});
