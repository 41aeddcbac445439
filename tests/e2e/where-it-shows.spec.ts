import { expect, type Page, test } from "@playwright/test";
import type { PageView } from "../../lib/contracts/scans.ts";
import { ask } from "../support/browser/ask.ts";
import { startFilledServer } from "../support/browser/filled-server.ts";
import { press } from "../support/browser/review-tab.ts";
import type { TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// From a row of Quality to its glyphs; over the scan glyphs are labelled and cut anew, with the mouse and by keys. What the server has is asked over HTTP.
test.describe.configure({ mode: "serial" });
test.use({ trace: "off" });

let server: TestServer;
let pageId: string;
test.beforeAll(async () => {
  server = await startFilledServer();
  const { scans } = await ask<{ scans: { pages: { id: string }[] }[] }>(server, "/collections/mine/scans");
  pageId = scans[0].pages[0].id;
});
test.afterAll(async () => {
  await server.stop();
});

let takeProblems: () => string[] = () => [];
test.beforeEach(({ context }) => {
  takeProblems = watchConsole(context);
});
test.afterEach(() => {
  expect(takeProblems(), "nothing in the browser's console").toEqual([]);
});

interface Found {
  readonly glyphs: readonly { readonly id: string; readonly writer: string; readonly field: string; readonly index: number }[];
}

test("Quality's rows lead to their glyphs by an address of their own; the filter is seen and taken off", async ({ page }) => {
  await page.goto(`${server.url}/c/mine/quality`);
  await page.getByTestId("estimate-first").click();
  const box = page.getByTestId("by-box").getByRole("link").first();
  await expect(box).toBeVisible({ timeout: 60_000 });
  const [, field, place] = /^(\w+), box (\d+)$/.exec((await box.textContent()) ?? "") ?? [];
  await box.click();
  await expect(page.getByTestId("chip-place")).toContainText(`digits, field ${field}, box ${place}`);
  const wanted = await ask<Found>(server, `/collections/mine/glyphs?state=all&field=${field}&box=${Number(place) - 1}`);
  // Three sheets: this box is on each of them.
  expect(wanted.glyphs.map((glyph) => [glyph.field, glyph.index + 1])).toEqual(Array(3).fill([field, Number(place)]));
  const cells = page.getByTestId("glyph-cell");
  const shown = () => cells.evaluateAll((all) => all.map((cell) => cell.getAttribute("data-glyph")).sort());
  const ids = wanted.glyphs.map(({ id }) => id).sort();
  await expect.poll(shown).toEqual(ids);

  // The address says it all, one by one as well.
  await page.reload();
  await expect.poll(shown).toEqual(ids);
  await page.getByTestId("way-one").click();
  await expect(page).toHaveURL(new RegExp(`field=${field}`));
  await expect(page.getByTestId("review-progress")).toHaveText("3 shown");
  // All that the estimate says of the glyph, as bars and read out.
  const bars = page.getByTestId("evidence").getByRole("listitem");
  await expect(bars.first()).toContainText(/estimate \d+\.\d %/);
  await expect(page.getByTestId("spoken-later")).toContainText(/^Estimate: . \d+\.\d %/);
  await page.goBack();
  await expect.poll(shown).toEqual(ids);
  await page.getByTestId("chip-place").focus();
  await press(page, "Enter");
  await expect(page.getByTestId("chip-place")).toBeHidden();
  await expect.poll(() => cells.count()).toBeGreaterThan(3);

  await page.goto(`${server.url}/c/mine/quality`);
  const sharpness = page.getByTestId("by-sharpness").getByRole("link").first();
  const name = (await sharpness.textContent()) ?? "";
  await sharpness.click();
  await expect(page.getByTestId("chip-sharpness")).toContainText(name.slice(1));
  await expect(cells.first()).toBeVisible();
  await page.goto(`${server.url}/c/mine/quality`);
  const writer = (await page.getByTestId("doubt-by-writer").getByRole("link").first().textContent()) ?? "";
  await page.getByTestId("doubt-by-writer").getByRole("link").first().click();
  await expect(page.getByRole("combobox", { name: "Writer" })).toHaveValue(writer);
});

const readPage = () => ask<PageView>(server, `/pages/${pageId}`);
/** The page's cuts as the server has them: "recut", "split (undone)". */
const cutsNow = async (): Promise<string[]> =>
  (await readPage()).cuts.filter(({ kind }) => kind !== "undo").map(({ kind, undone }) => (undone ? `${kind} (undone)` : kind));
const countGlyphs = (view: PageView) => view.fields.flatMap(({ glyphs }) => glyphs).length;

/** Opens the page, large, and begins to edit with the box of its first, second ... untouched 0. @returns its place on the page and its glyph */
async function editZero(page: Page, nth: number): Promise<{ index: number; id: string }> {
  const view = await readPage();
  const all = view.fields.flatMap((field) => field.glyphs.map((glyph) => ({ glyph, field })));
  const zeros = all.flatMap(({ glyph }, i) => (glyph.label === "0" && glyph.status === "labelled" && !glyph.cut ? [i] : []));
  const index = zeros[nth];
  const { glyph, field } = all[index];
  await page.goto(`${server.url}/c/mine/scans/${pageId}?glyph=${glyph.id}`);
  await expect(page.locator(`[data-index="${index}"]`)).toBeVisible();
  await expect(page.getByText(`${field.name}, ${glyph.index + 1}`, { exact: true })).toBeVisible();
  await press(page, "+", "+", "+", "e");
  await expect(page.getByRole("region", { name: "Edit glyphs" })).toBeVisible();
  return { index, id: glyph.id };
}

/** The box shown at a place is that of a glyph as it was cut, not the printed one. */
async function expectOutlined(page: Page, index: number, glyphId: string): Promise<void> {
  const glyph = (await readPage()).fields.flatMap(({ glyphs }) => glyphs).find(({ id }) => id === glyphId);
  expect(glyph?.cut).toBe(true);
  const [x, y, width, height] = glyph?.bounds ?? [0, 0, 0, 0];
  const corners = [`${x},${y}`, `${x + width},${y}`, `${x + width},${y + height}`, `${x},${y + height}`].join(" ");
  await expect(page.locator(`[data-index="${index}"] polygon`).last()).toHaveAttribute("points", corners);
}

test("over the scan with the mouse: a box is drawn anew around a glyph", async ({ page }) => {
  const { index, id } = await editZero(page, 0);
  await page.locator(`[data-index="${index}"]`).click();
  // On the way to the button the mouse passes other boxes: that selects none of them.
  await page.locator(`[data-index="${index + 1}"]`).hover();
  await page.getByRole("button", { name: "Draw its box anew" }).click();
  const corner = page.getByTestId("cut-shape").locator("[data-handle='2']");
  const [x, y] = await corner.evaluate((element) => {
    const { x, y } = element.getBoundingClientRect();
    return [x, y];
  });
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 4, y - 6, { steps: 3 });
  await page.mouse.up();
  await page.getByRole("button", { name: "Cut", exact: true }).click();
  await expect(page.getByTestId("cut-shape")).toBeHidden();
  const { cuts } = await readPage();
  expect(cuts).toMatchObject([{ kind: "recut", before: [id], undone: false }]);
  await page.reload();
  await expectOutlined(page, index, cuts[0].after[0]);
});

test("over the scan by keys: split, join, label; taken back and done again, over a reload too", async ({ page }) => {
  const { index, id } = await editZero(page, 3);
  const before = countGlyphs(await readPage());
  // Each key waits for the step before: the panel says when that is kept.
  const kept = () => expect(page.getByRole("region", { name: "Edit glyphs" })).toHaveAttribute("aria-busy", "false");
  await press(page, "|");
  await expect(page.getByTestId("cut-shape")).toBeVisible();
  await press(page, "Enter");
  await expect(page.getByTestId("cut-shape")).toBeHidden();
  await kept();
  await expect.poll(cutsNow).toEqual(["recut", "split"]);
  expect(countGlyphs(await readPage())).toBe(before + 1);

  await press(page, "*");
  await expect.poll(cutsNow).toEqual(["recut", "split", "join"]);
  await kept();
  await press(page, "Backspace");
  await expect.poll(cutsNow).toEqual(["recut", "split", "join (undone)"]);
  await kept();
  await press(page, "Shift+Backspace");
  await expect.poll(cutsNow).toEqual(["recut", "split", "join"]);
  await kept();

  // What was cut is kept by the server, and what may be taken back with it.
  await page.reload();
  await expectOutlined(page, index, (await readPage()).cuts.at(-1)?.after[0] ?? "");
  await press(page, "e", "Control+z");
  await expect.poll(cutsNow).toEqual(["recut", "split", "join (undone)"]);
  await kept();
  await press(page, "Control+z");
  await expect.poll(cutsNow).toEqual(["recut", "split (undone)", "join (undone)"]);
  await kept();
  expect(countGlyphs(await readPage())).toBe(before);

  const labelNow = async () => {
    const glyph = (await readPage()).fields.flatMap(({ glyphs }) => glyphs).find((one) => one.id === id);
    return [glyph?.label, glyph?.reviewed];
  };
  expect(await labelNow()).toEqual(["0", false]);
  await page.locator(`[data-index="${index}"]`).click();
  await press(page, "6");
  await expect.poll(labelNow).toEqual(["6", true]);
  await kept();
  await press(page, "Backspace");
  await expect.poll(labelNow).toEqual(["0", false]);
  await kept();
  await press(page, "Control+y");
  await expect.poll(labelNow).toEqual(["6", true]);
});
