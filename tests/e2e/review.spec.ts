import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { ask } from "../support/browser/ask.ts";
import { startFilledServer } from "../support/browser/filled-server.ts";
import { findFaults } from "../support/browser/find-faults.ts";
import { decide, expectSaved, listGlyphs, openReview, press, readGlyph, shownGlyph, stageOf } from "../support/browser/review-tab.ts";
import type { TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// One person reviews by keys alone: the grid, one by one, undo over a reload, keys of one's own, the audit, a server that goes away. One test after the other on one
// server; what the server has is asked over HTTP, not read off the screen.
test.describe.configure({ mode: "serial" });
test.use({ trace: "off" });

let server: TestServer;
test.beforeAll(async () => {
  server = await startFilledServer();
});
test.afterAll(async () => {
  await server.stop();
});
const open = (context: BrowserContext, query: string): Promise<Page> => openReview(context, server, { name: "anna", query });

let takeProblems: () => string[] = () => [];
test.beforeEach(({ context }) => {
  // The server is away for a moment in one of the tests: the browser says so.
  takeProblems = watchConsole(context, /net::ERR_|Failed to fetch/);
});
test.afterEach(() => {
  expect(takeProblems(), "nothing in the browser's console").toEqual([]);
});

test("grid: a class by key, the wrong one picked out, the rest confirmed, the picked one named", async ({ context }) => {
  const page = await open(context, "");
  await expect(page.getByTestId("glyph-cell").first()).toBeVisible();
  await press(page, "]", "]", "]", "]");
  await expect(page).toHaveURL(/label=3/);
  const cells = page.getByTestId("glyph-cell");
  await expect
    .poll(async () => new Set(await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute("data-label")))))
    .toEqual(new Set(["3"]));
  const wanted = await listGlyphs(server, "label=3&order=odd");
  expect(await cells.first().getAttribute("data-glyph")).toBe(wanted[0].id);
  // Only what was seen is confirmed: pictures have to be there.
  await expect(page.getByTestId("confirm-seen")).toBeEnabled();
  await expect(page.getByTestId("glyph-panel")).toContainText(/Writer \S+ · card \S+ · \w+, \d+ · prompt 3 · normalized by mnist-1/);

  await press(page, "ArrowRight", "Space");
  await expect(cells.nth(1)).toHaveAttribute("aria-selected", "true");
  expect(await findFaults(page)).toEqual([]);
  await press(page, "Enter");
  await expect(page.getByTestId("review-hint")).toContainText("confirmed");
  await expect
    .poll(
      async () => {
        await press(page, "Enter");
        return (await page.getByTestId("review-progress").getAttribute("data-count")) ?? "";
      },
      { intervals: [100] },
    )
    .toBe("1");
  await expectSaved(page);
  const left = await listGlyphs(server, "label=3");
  expect(left.map(({ id }) => id)).toEqual([wanted[1].id]);

  await press(page, "n", "8");
  await expectSaved(page);
  expect(await readGlyph(server, wanted[1].id)).toMatchObject({ label: "8", decidedBy: "anna" });
  expect((await listGlyphs(server, "label=3&state=reviewed")).length).toBe(wanted.length - 1);
});

test("one by one: every decision by key; taken back and done again over a reload", async ({ context }) => {
  let page = await open(context, "?way=one");
  const ids: string[] = [];
  for (const key of ["5", "x", "b", "f", "s"]) {
    ids.push(await shownGlyph(page));
    await press(page, key);
    if (key === "f") {
      await expect(page.getByLabel("Note")).toBeFocused();
      await page.keyboard.type("torn");
      await press(page, "Enter");
      await expect(page.getByRole("dialog")).toBeHidden();
      await press(page, "Enter");
    }
    await expect.poll(() => shownGlyph(page)).not.toBe(ids.at(-1));
  }
  expect(new Set(ids).size).toBe(5);
  await expectSaved(page);
  const [five, cross, blank, torn, skipped] = await Promise.all(ids.map((id) => readGlyph(server, id)));
  expect(five).toMatchObject({ label: "5", reviewed: true });
  expect(cross).toMatchObject({ label: null, unusable: true });
  expect(blank).toMatchObject({ label: null, unusable: false, reviewed: true });
  expect(torn).toMatchObject({ reviewed: true, flag: "torn" });
  expect(skipped).toMatchObject({ reviewed: false });

  // Back to what was decided; the focus and the keys are still the screen's.
  await press(page, "ArrowLeft", "ArrowLeft");
  await expect.poll(() => shownGlyph(page)).toBe(ids[3]);
  expect(await findFaults(page)).toEqual([]);

  await page.reload();
  await expect(stageOf(page)).toBeVisible();
  // the confirmation, the flag, the blank
  await press(page, "Control+z", "Control+z", "Control+z");
  await expect.poll(() => shownGlyph(page)).toBe(ids[2]);
  await expectSaved(page);
  expect(await readGlyph(server, ids[2])).toMatchObject({ reviewed: false });
  expect(await readGlyph(server, ids[3])).toMatchObject({ reviewed: false, flag: null });
  await page.close();
  page = await open(context, "?way=one");
  await expect(stageOf(page)).toBeVisible();
  await press(page, "Control+y");
  await expectSaved(page);
  const again = await readGlyph(server, ids[2]);
  expect(again).toMatchObject({ label: null, reviewed: true, unusable: false });
  expect(again.labels.filter(({ by }) => by === "anna").map(({ kind }) => kind)).toEqual(["blank", "retract", "blank"]);
});

test("another key for a command; one that is taken is refused in words", async ({ context }) => {
  const page = await open(context, "?way=one");
  const first = await shownGlyph(page);
  await press(page, "k");
  const dialog = page.getByRole("dialog", { name: "Change the keys" });
  await dialog.getByTestId("change-skip").focus();
  await press(page, "Enter", "7");
  await expect(dialog.getByRole("status")).toHaveText("7 is the key of the character 7. Give that another key first.");
  await press(page, "Enter", "q");
  await expect(dialog.getByRole("status")).toHaveText("From now on q.");
  expect(await findFaults(page)).toEqual([]);
  await press(page, "Escape");
  await expect(dialog).toBeHidden();
  await press(page, "q");
  await expect.poll(() => shownGlyph(page)).not.toBe(first);
  await page.reload();
  await decide(page, "q");
});

test("audit: while the sample is drawn nothing can be decided; checked by key, its bound beside the work", async ({ context }) => {
  const page = await open(context, "?way=one");
  const before = await shownGlyph(page);
  // As long as this takes, whoever presses a key at once would mean the sample.
  let answer: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/audits", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByTestId("draw-sample").focus();
  await press(page, "Enter");
  await expect(page.getByTestId("draw-sample")).toBeDisabled();
  await press(page, "9", "x", "Enter");
  await expect(stageOf(page)).toBeHidden();
  answer();
  await expect(page).toHaveURL(/audit=/);
  for (let i = 0; i < 10; i++) await decide(page, "Enter");
  await expectSaved(page);
  // none of 10 wrong: the exact bound is 1 - 0.05^(1/10) = 25.89 %
  await expect(page.getByTestId("audit-line")).toContainText("10 of 300 checked, 0 wrong");
  await expect(page.getByTestId("audit-line")).toContainText("at most 25.89 % (95 %)");
  await expect(page.getByTestId("audit-line")).toContainText("more to show 0.1 %");
  const { labels } = await readGlyph(server, before);
  expect(labels.filter(({ by, value }) => by === "anna" && value === "9")).toEqual([]);
});

test("another address: the glyph of the one before is gone in the same moment", async ({ context }) => {
  const page = await open(context, "?way=one&state=all&order=page");
  await shownGlyph(page);
  // In one task of the browser, so that nothing can come in between: the click on another state, and a key for what is shown then.
  const shown = await page.evaluate(() => {
    document.querySelector<HTMLElement>("[data-testid=filter-flagged]")?.click();
    return new Promise<string | null>((resolve) => {
      setTimeout(() => {
        window.dispatchEvent(new KeyboardEvent("keydown", { key: "x", bubbles: true, cancelable: true }));
        resolve(`${window.location.search} ${document.querySelector("[data-testid=glyph-stage]") !== null}`);
      });
    });
  });
  expect(shown).toBe("?way=one&state=flagged&order=page false");
  await expect(page.getByText("Nothing is flagged")).toBeVisible();
  await expectSaved(page);
  expect((await ask<{ total: number }>(server, "/collections/mine/glyphs?state=unusable")).total).toBe(1);
});

test("the server goes away in the middle: decisions wait, say so, outlast a reload, and come in once", async ({ context }) => {
  const page = await open(context, "?way=one");
  await shownGlyph(page);
  // The pictures of those to come are here.
  await page.waitForLoadState("networkidle");
  const ids: string[] = [];
  await server.kill();
  for (let i = 0; i < 8; i++) ids.push(await decide(page, "2"));
  await expect(page.getByTestId("save-state")).toContainText("offline, will retry 8");
  await page.screenshot({ path: "build/test-results/looks/review-offline.png" });
  await page.close();
  await server.restart({ MNIST_DIR: "" });
  const again = await open(context, "?way=grid");
  await expectSaved(again);
  await expect(again.getByTestId("glyph-cell").first()).toBeVisible();
  for (const id of ids) {
    const { label, labels } = await readGlyph(server, id);
    expect([label, labels.filter(({ by }) => by === "anna").length]).toEqual(["2", 1]);
  }
});
