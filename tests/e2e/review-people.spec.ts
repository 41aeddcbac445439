import { type Browser, expect, type Page, test } from "@playwright/test";
import { ask } from "../support/browser/ask.ts";
import { startFilledServer } from "../support/browser/filled-server.ts";
import { findFaults } from "../support/browser/find-faults.ts";
import { decide, expectSaved, openReview, press, readGlyph, shownGlyph, stageOf } from "../support/browser/review-tab.ts";
import type { TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// Several people review at once, each in a browser of their own: what they are handed, a second look, what they differ on, gold. One test after the other on one server.
test.describe.configure({ mode: "serial" });
test.use({ trace: "off" });

let server: TestServer;
test.beforeAll(async () => {
  server = await startFilledServer();
});
test.afterAll(async () => {
  await server.stop();
});

const takers: (() => string[])[] = [];
/** A browser of somebody's own. */
async function open(browser: Browser, name: string, query: string): Promise<Page> {
  const context = await browser.newContext();
  takers.push(watchConsole(context));
  return openReview(context, server, { name, query });
}
test.afterEach(() => {
  expect(
    takers.splice(0).flatMap((take) => take()),
    "nothing in the browsers' consoles",
  ).toEqual([]);
});
/** The key that says what the glyph shown is taken for. */
const agreeing = async (page: Page): Promise<string> => (await stageOf(page).getAttribute("data-label")) || "x";

const decided: Record<"anna" | "ben", string[]> = { anna: [], ben: [] };

test("two people at once are never handed the same glyph", async ({ browser }) => {
  const pages = { anna: await open(browser, "anna", "?way=one"), ben: await open(browser, "ben", "?way=one") };
  for (let i = 0; i < 6; i++) {
    for (const name of ["anna", "ben"] as const) {
      await shownGlyph(pages[name]);
      decided[name].push(await decide(pages[name], await agreeing(pages[name])));
    }
  }
  const next = [await shownGlyph(pages.anna), await shownGlyph(pages.ben)];
  expect(new Set([...decided.anna, ...decided.ben, ...next]).size).toBe(14);
  for (const page of Object.values(pages)) await expectSaved(page);
  for (const id of decided.ben) expect(await readGlyph(server, id)).toMatchObject({ decidedBy: "ben" });
  for (const page of Object.values(pages)) await page.context().close();
});

test("a second look is blind; what people differ on is settled by a third", async ({ browser }) => {
  const page = await open(browser, "ben", "?way=one&pass=second");
  const differs = await shownGlyph(page);
  await expect(stageOf(page)).toHaveAttribute("data-reviewed", "false");
  await expect(page.getByTestId("evidence")).not.toContainText("anna");
  const first = await readGlyph(server, differs);
  expect(first.decidedBy).toBe("anna");
  const [bens, carlas] = ["1", "4", "9"].filter((value) => value !== first.label);
  await press(page, bens);
  await expectSaved(page);
  expect(await readGlyph(server, differs)).toMatchObject({ conflict: true });
  await page.context().close();

  const settling = await open(browser, "carla", "?way=adjudicate");
  expect(await shownGlyph(settling)).toBe(differs);
  const decisions = settling.getByRole("list", { name: "Decisions" });
  await expect(decisions).toContainText("anna");
  await expect(decisions).toContainText("ben");
  await expect(settling.getByTestId("spoken")).toContainText(`ben: ${bens}`);
  expect(await findFaults(settling)).toEqual([]);
  // The decision marked is taken by Enter; a class key says something else.
  await press(settling, "ArrowDown", "Enter");
  await expectSaved(settling);
  expect(await readGlyph(server, differs)).toMatchObject({ label: bens, conflict: false, decidedBy: "carla" });
  await expect(settling.getByText("That was the last one")).toBeVisible();
  await press(settling, "Control+z");
  await expect.poll(() => shownGlyph(settling)).toBe(differs);
  await press(settling, carlas);
  await expectSaved(settling);
  expect(await readGlyph(server, differs)).toMatchObject({ label: carlas, conflict: false });
  await settling.context().close();
  decided.anna.splice(decided.anna.indexOf(differs), 1);
});

test("gold measures a reviewer and is not told apart", async ({ browser }) => {
  const gold = new Set(decided.anna);
  for (const glyphId of gold) {
    const { label } = await readGlyph(server, glyphId);
    await ask(server, "/collections/mine/gold", { method: "PUT", body: { glyphId, truth: label ?? "unusable", reviewer: "anna" } });
  }
  const page = await open(browser, "dora", "?way=one");
  let met = 0;
  // About one in twenty is gold: that none of 400 is has a probability of one in a thousand million.
  for (let i = 0; i < 400 && met === 0; i++) {
    if (gold.has(await shownGlyph(page))) {
      met++;
      await expect(stageOf(page)).toHaveAttribute("data-reviewed", "false");
      await expect(page.getByTestId("evidence")).not.toContainText("anna");
    }
    await decide(page, await agreeing(page));
  }
  await expectSaved(page);
  expect(met).toBeGreaterThan(0);
  const { reviewers } = await ask<{ reviewers: { name: string; goldAnswered: number; goldRight: number }[] }>(
    server,
    "/collections/mine/quality",
  );
  expect(reviewers.find(({ name }) => name === "dora")).toMatchObject({ goldAnswered: met, goldRight: met });
  await page.context().close();
});
