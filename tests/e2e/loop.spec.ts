import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { encodeCardCode } from "../../lib/card/card-code.ts";
import { DEMO_WRITERS } from "../../lib/simulate/demo-writers.ts";
import { whenAlive } from "../support/browser/when-alive.ts";
import { fillInPdf } from "../support/fill-in-pdf.ts";
import { startEmptyServer, type TestServer } from "../support/start-server.ts";

// The whole loop as a person walks it: from a card's PDF to a trained network that reads a drawn digit. One test after the other on
// one server, each starting where the one before ended.
test.describe.configure({ mode: "serial" });

let server: TestServer;
test.beforeAll(async () => {
  server = await startEmptyServer({ MNIST_DIR: "" });
});
test.afterAll(async () => {
  await server.stop();
});

const COPIES = 3;
const SEED = 500;
const problems: string[] = [];

test.beforeEach(({ page }) => {
  page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${page.url()}: ${message.text()}`);
  });
});
test.afterEach(() => {
  expect(problems.splice(0), "nothing in the browser's console").toEqual([]);
});

let pdf: Uint8Array;

test("a newcomer is led to the cards and downloads three", async ({ page }) => {
  await page.goto(server.url);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Cards" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Cards" })).toBeVisible();
  await (await whenAlive(page.getByLabel("Copies", { exact: true }))).fill(String(COPIES));
  await page.getByLabel("Seed", { exact: true }).fill(String(SEED));
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download 3 cards as PDF" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.pdf$/);
  pdf = await readFile(await file.path());
  await page.getByRole("link", { name: "On to Scans" }).click();
  await expect(page).toHaveURL(/\/c\/mine\/scans$/);
});

test("three filled-in sheets are dropped in and read, box for box", async ({ page }) => {
  const codes = Array.from({ length: COPIES }, (_, i) =>
    encodeCardCode({ template: "digits", paper: "a4", seed: SEED + i, dropOut: "none" }),
  );
  const sheets = await fillInPdf(pdf, codes, { writers: DEMO_WRITERS, device: "flatbed", fill: { errorRate: 0.01 } });
  await page.goto(`${server.url}/c/mine/scans`);
  // The list has come, so the picker shown is the one that stays.
  await expect(page.getByText("No page has come in yet")).toBeVisible();
  await page
    .locator("input[type=file][multiple]")
    .setInputFiles(sheets.map(({ name, bytes }) => ({ name, mimeType: "image/jpeg", buffer: Buffer.from(bytes) })));
  await expect(
    page
      .getByRole("listitem")
      .filter({ hasText: /sheet-\d\.jpg/ })
      .filter({ hasText: /\d+ glyphs/ }),
  ).toHaveCount(COPIES, { timeout: 60_000 });

  await page.getByRole("link", { name: /sheet-1\.jpg/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "sheet-1.jpg" })).toBeVisible();
  await expect(page.getByText(codes[0])).toBeVisible();
  const written = sheets[0].truth.fields.flatMap((field) => (field.name === "writer" ? [] : field.glyphs));
  await expect(page.getByText(`${written.length} glyphs`)).toBeVisible();
});

/** The grid's cells in order, with what they are labelled as. */
function labelsOf(page: Page): Promise<(string | null)[]> {
  return page.getByTestId("glyph-cell").evaluateAll((cells) => cells.map((cell) => cell.getAttribute("data-label")));
}

test("two labels are mended from the keyboard, one undone, the rest confirmed", async ({ page }) => {
  await page.goto(`${server.url}/c/mine/review`);
  await expect(page.getByTestId("glyph-cell").first()).toBeVisible();
  const [first, second] = await labelsOf(page);
  const other = first === "7" ? "8" : "7";

  // No click first: the keys are the grid's.
  await page.keyboard.press(other);
  await page.keyboard.press("x");
  await expect(page.getByTestId("save-state")).toContainText("saved");
  expect((await labelsOf(page))[0]).toBe(other);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect.poll(() => labelsOf(page).then((labels) => labels.slice(0, 2))).toEqual([first, second]);
  await page.keyboard.press("Control+y");
  await expect.poll(async () => (await labelsOf(page))[0]).toBe(other);
  await expect(page.getByTestId("save-state")).toContainText("saved");

  // What was said is there after a reload.
  await page.goto(`${server.url}/c/mine/review?state=reviewed`);
  await expect(page.getByTestId("glyph-cell")).toHaveCount(1);
  expect(await labelsOf(page)).toEqual([other]);

  // The writers' slips are what is in doubt: take the model's word for each, glyph by glyph.
  await page.goto(`${server.url}/c/mine/review?state=disagree`);
  await expect(page.getByTestId("glyph-cell").first()).toBeVisible();
  const doubts = await page.getByTestId("glyph-cell").count();
  for (let i = 0; i < doubts; i++) {
    const opinion = await page.locator("[data-testid=glyph-cell][data-current]").getAttribute("data-prediction");
    await page.keyboard.press(opinion || "x");
  }
  await expect(page.getByTestId("save-state")).toContainText("saved");
  // Screen by screen: what was seen is right.
  await page.goto(`${server.url}/c/mine/review`);
  await expect(page.getByTestId("glyph-cell").first()).toBeVisible();
  await expect
    .poll(
      async () => {
        await page.keyboard.press("Enter");
        return page.getByTestId("review-progress").getAttribute("data-count");
      },
      { timeout: 120_000, intervals: [100] },
    )
    .toBe("0");
  await expect(page.getByTestId("save-state")).toContainText("saved", { timeout: 120_000 });
  await page.goto(`${server.url}/c/mine/review?state=open`);
  await expect(page.getByTestId("glyph-cell")).toHaveCount(0);
});

test("a data set is built, no writer in two splits, and its files read as MNIST's do", async ({ page }) => {
  await page.goto(`${server.url}/c/mine/datasets`);
  await (await whenAlive(page.getByTestId("dataset-new").first())).click();
  await page.getByTestId("dataset-create").click();
  await expect(page).toHaveURL(/\/c\/mine\/datasets\/[a-z0-9]+$/);
  await expect(page.getByTestId("no-writer-in-two")).toBeVisible();

  const id = page.url().split("/").at(-1);
  const answer = await fetch(`${server.url}/api/datasets/${id}/files/train-images-idx3-ubyte.gz`);
  const idx = gunzipSync(Buffer.from(await answer.arrayBuffer()));
  // LeCun's format: magic 2051, then count, rows and columns, big endian.
  expect([0, 8, 12].map((at) => idx.readUInt32BE(at))).toEqual([2051, 28, 28]);
  expect(idx.length).toBe(16 + 784 * idx.readUInt32BE(4));
});

test("a network learns it with a curve that moves, and is measured on writers it never saw", async ({ page }) => {
  await page.goto(`${server.url}/c/mine/train`);
  await (await whenAlive(page.getByTestId("run-settings"))).click();
  const form = page.getByRole("form", { name: "Start a run" });
  await form.getByLabel("Epochs").fill("150");
  await form.getByLabel("Batch").fill("8");
  await form.getByLabel("Learning rate").fill("0.01");
  await page.getByRole("combobox", { name: "Augmentation" }).click();
  await page.getByRole("option", { name: "affine" }).click();
  await page.getByTestId("run-start").click();
  const points = () => page.getByTestId("curve").first().getAttribute("data-points").then(Number);
  await expect.poll(points, { timeout: 120_000 }).toBeGreaterThan(0);
  const early = await points();
  await expect.poll(points, { timeout: 120_000 }).toBeGreaterThan(early);
  await expect(page.getByTestId("run-state").first()).toContainText("done", { timeout: 240_000 });

  await page.goto(`${server.url}/c/mine/evaluate`);
  await expect(page.getByTestId("error-rate")).toContainText(/\d % \(\d+\.\d+ to \d+\.\d+\)/, { timeout: 120_000 });
});

/** Draws on the sheet with the mouse; points in parts of its side. */
async function draw(page: Page, way: readonly (readonly [number, number])[]): Promise<void> {
  const sheet = await whenAlive(page.getByTestId("draw-sheet"));
  await sheet.scrollIntoViewIfNeeded();
  const box = await sheet.boundingBox();
  if (!box) throw new Error("the sheet is not shown");
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(way[0]));
  await page.mouse.down();
  for (const point of way.slice(1)) await page.mouse.move(...at(point), { steps: 4 });
  await page.mouse.up();
}

const ZERO = Array.from({ length: 25 }, (_, i) => {
  const angle = (i / 24) * 2 * Math.PI - Math.PI / 2;
  return [0.5 + 0.2 * Math.cos(angle), 0.5 + 0.32 * Math.sin(angle)] as const;
});
const SEVEN = [
  [0.28, 0.2],
  [0.7, 0.2],
  [0.6, 0.42],
  [0.48, 0.84],
] as const;

test("the new network and the starter read a drawn digit while the pen moves", async ({ page }) => {
  const { runs } = (await (await fetch(`${server.url}/api/collections/mine/runs`)).json()) as { runs: { id: string }[] };
  for (const model of [runs[0].id, "starter"]) {
    await page.goto(`${server.url}/draw?model=${model}`);
    await draw(page, ZERO);
    await expect(page.getByTestId("draw-verdict")).toHaveText("0");
    await page.keyboard.press("c");
    await expect(page.getByTestId("draw-verdict")).toHaveText("–");
    await draw(page, SEVEN);
    await expect(page.getByTestId("draw-verdict")).toHaveText("7");
  }
});
