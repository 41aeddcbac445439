import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { buildCard } from "../../lib/card/build-card.ts";
import { encodeCardCode } from "../../lib/card/card-code.ts";
import { renderCards } from "../../lib/server/pdf/render-cards.ts";
import { DEMO_WRITERS } from "../../lib/simulate/demo-writers.ts";
import { fillInPdf } from "../support/fill-in-pdf.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// Review by keys alone: the three ways, undo over a reload, two people at once, what they differ on, gold, the audit, a server that goes away. One test after the
// other on one server; what the server has is asked over HTTP, not read off the screen.
test.describe.configure({ mode: "serial" });
test.use({ trace: "off" });

const CARDS = [910, 911].map((seed) => ({ template: "digits", paper: "a4", seed, dropOut: "none" }) as const);
let server: TestServer;

test.beforeAll(async () => {
  server = await startServer({ MNIST_DIR: "" });
  const pdf = await renderCards(CARDS.map((spec) => buildCard(spec)));
  const codes = CARDS.map((spec) => encodeCardCode(spec));
  const sheets = await fillInPdf(pdf, codes, { writers: DEMO_WRITERS, device: "flatbed", fill: { errorRate: 0.02 } });
  for (const { name, bytes } of sheets) await ask(`/collections/mine/scans?name=${name}`, "POST", bytes);
  await expect
    .poll(async () => (await ask<{ scans: { state: string }[] }>("/collections/mine/scans")).scans.map(({ state }) => state), {
      timeout: 60_000,
    })
    .toEqual(["done", "done"]);
});
test.afterAll(async () => {
  await server.stop();
});

async function ask<T>(path: string, method = "GET", body?: object): Promise<T> {
  const bytes = body instanceof Uint8Array;
  const answer = await fetch(`${server.url}/api${path}`, {
    method,
    headers: { "content-type": bytes ? "application/octet-stream" : "application/json" },
    body: body === undefined ? undefined : bytes ? Buffer.from(body) : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text === "" ? null : JSON.parse(text)) as T;
}

interface Glyph {
  readonly id: string;
  readonly label: string | null;
  readonly reviewed: boolean;
  readonly unusable: boolean;
  readonly flag: string | null;
  readonly decidedBy: string | null;
  readonly conflict: boolean;
}
const listGlyphs = async (query: string) => (await ask<{ glyphs: Glyph[] }>(`/collections/mine/glyphs?limit=1000&${query}`)).glyphs;
const readGlyph = (id: string) => ask<Glyph & { labels: { kind: string; by: string }[] }>(`/glyphs/${id}`);

/** A tab of somebody with that name, whose console must stay quiet. */
async function openTab(context: BrowserContext, name: string, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript((reviewer) => localStorage.setItem("inkform.reviewer", reviewer), name);
  await page.goto(`${server.url}/c/mine/review${path}`);
  return page;
}
const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const saved = (page: Page) => expect(page.getByTestId("save-state")).toHaveText("saved");
const stage = (page: Page) => page.getByTestId("glyph-stage");
const shownGlyph = async (page: Page) => {
  // Without its picture a glyph cannot be decided.
  await expect(stage(page)).toHaveAttribute("data-drawn", "true");
  return (await stage(page).getAttribute("data-glyph")) ?? "";
};

async function findFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join("; ")}`);
}

let takeProblems: () => string[] = () => [];
test.beforeEach(({ context }) => {
  // The server is away for a moment in one of the tests: the browser says so.
  takeProblems = watchConsole(context, /net::ERR_|Failed to fetch/);
});
test.afterEach(() => {
  expect(takeProblems(), "nothing in the browser's console").toEqual([]);
});

test("grid: a class by key, the wrong one picked out, the rest confirmed, the picked one named", async ({ context }) => {
  const page = await openTab(context, "anna", "");
  await expect(page.getByTestId("glyph-cell").first()).toBeVisible();
  await press(page, "]", "]", "]", "]");
  await expect(page).toHaveURL(/label=3/);
  const cells = page.getByTestId("glyph-cell");
  await expect
    .poll(async () => new Set(await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute("data-label")))))
    .toEqual(new Set(["3"]));
  const wanted = await listGlyphs("label=3&order=odd");
  expect(await cells.first().getAttribute("data-glyph")).toBe(wanted[0].id);
  // Only what was seen is confirmed: pictures have to be there.
  await expect(page.getByTestId("confirm-seen")).toBeEnabled();

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
  await saved(page);
  const left = await listGlyphs("label=3");
  expect(left.map(({ id }) => id)).toEqual([wanted[1].id]);

  await press(page, "n", "8");
  await saved(page);
  expect(await readGlyph(wanted[1].id)).toMatchObject({ label: "8", decidedBy: "anna" });
  expect((await listGlyphs("label=3&state=reviewed")).length).toBe(wanted.length - 1);
});

test("one by one: every decision by key; taken back and done again over a reload", async ({ context }) => {
  let page = await openTab(context, "anna", "?way=one");
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
  await saved(page);
  const [five, cross, blank, torn, skipped] = await Promise.all(ids.map(readGlyph));
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
  await expect(stage(page)).toBeVisible();
  // the confirmation, the flag, the blank
  await press(page, "Control+z", "Control+z", "Control+z");
  await expect.poll(() => shownGlyph(page)).toBe(ids[2]);
  await saved(page);
  expect(await readGlyph(ids[2])).toMatchObject({ reviewed: false });
  expect(await readGlyph(ids[3])).toMatchObject({ reviewed: false, flag: null });
  await page.close();
  page = await openTab(context, "anna", "?way=one");
  await expect(stage(page)).toBeVisible();
  await press(page, "Control+y");
  await saved(page);
  expect(await readGlyph(ids[2])).toMatchObject({ label: null, reviewed: true, unusable: false });
  expect((await readGlyph(ids[2])).labels.filter(({ by }) => by === "anna").map(({ kind }) => kind)).toEqual(["blank", "retract", "blank"]);
});

test("another key for a command; one that is taken is refused in words", async ({ context }) => {
  const page = await openTab(context, "anna", "?way=one");
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
  const again = await shownGlyph(page);
  await press(page, "q");
  await expect.poll(() => shownGlyph(page)).not.toBe(again);
});

const decided: Record<"anna" | "ben", string[]> = { anna: [], ben: [] };

test("two people at once are never handed the same glyph", async ({ browser }) => {
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  const pages = await Promise.all([openTab(contexts[0], "anna", "?way=one"), openTab(contexts[1], "ben", "?way=one")]);
  for (let i = 0; i < 6; i++) {
    for (const [p, name] of [
      [0, "anna"],
      [1, "ben"],
    ] as const) {
      const id = await shownGlyph(pages[p]);
      decided[name].push(id);
      await press(pages[p], (await stage(pages[p]).getAttribute("data-label")) || "x");
      await expect.poll(() => shownGlyph(pages[p])).not.toBe(id);
    }
  }
  const [annas, bens] = await Promise.all(pages.map((page) => shownGlyph(page)));
  expect(new Set([...decided.anna, ...decided.ben, annas, bens]).size).toBe(14);
  await Promise.all(pages.map(saved));
  for (const id of decided.ben) expect(await readGlyph(id)).toMatchObject({ decidedBy: "ben" });
  await Promise.all(contexts.map((context) => context.close()));
});

test("a second look is blind; what people differ on is settled by a third", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await openTab(context, "ben", "?way=one&pass=second");
  const differs = await shownGlyph(page);
  await expect(stage(page)).toHaveAttribute("data-reviewed", "false");
  await expect(page.getByTestId("evidence")).not.toContainText("anna");
  const first = await readGlyph(differs);
  expect(first.decidedBy).toBe("anna");
  const [bens, carlas] = ["1", "4", "9"].filter((value) => value !== first.label);
  await press(page, bens);
  await saved(page);
  expect(await readGlyph(differs)).toMatchObject({ conflict: true });
  await context.close();

  const third = await browser.newContext();
  const settling = await openTab(third, "carla", "?way=adjudicate");
  expect(await shownGlyph(settling)).toBe(differs);
  const decisions = settling.getByRole("list", { name: "Decisions" });
  await expect(decisions).toContainText("anna");
  await expect(decisions).toContainText("ben");
  await expect(settling.getByTestId("spoken")).toContainText(`ben: ${bens}`);
  expect(await findFaults(settling)).toEqual([]);
  // The decision marked is taken by Enter; a class key says something else.
  await press(settling, "ArrowDown", "Enter");
  await saved(settling);
  expect(await readGlyph(differs)).toMatchObject({ label: bens, conflict: false, decidedBy: "carla" });
  await expect(settling.getByText("That was the last one")).toBeVisible();
  await press(settling, "Control+z");
  await expect.poll(() => shownGlyph(settling)).toBe(differs);
  await press(settling, carlas);
  await saved(settling);
  expect(await readGlyph(differs)).toMatchObject({ label: carlas, conflict: false });
  await third.close();
});

test("gold measures a reviewer and is not told apart", async ({ browser }) => {
  const known = (await listGlyphs("state=reviewed&label=3")).slice(0, 10);
  for (const { id } of known) await ask("/collections/mine/gold", "PUT", { glyphId: id, truth: "3", reviewer: "anna" });
  const context = await browser.newContext();
  const page = await openTab(context, "dora", "?way=one");
  const gold = new Set(known.map(({ id }) => id));
  let met = 0;
  // About one in twenty is gold: that none of 120 is has a probability of 0.2 %.
  for (let i = 0; i < 120 && met === 0; i++) {
    const id = await shownGlyph(page);
    if (gold.has(id)) {
      met++;
      await expect(stage(page)).toHaveAttribute("data-reviewed", "false");
      await expect(page.getByTestId("evidence")).not.toContainText("anna");
    }
    await press(page, (await stage(page).getAttribute("data-label")) || "x");
    await expect.poll(() => shownGlyph(page)).not.toBe(id);
  }
  await saved(page);
  expect(met).toBeGreaterThan(0);
  const { reviewers } = await ask<{ reviewers: { name: string; goldAnswered: number; goldRight: number }[] }>("/collections/mine/quality");
  expect(reviewers.find(({ name }) => name === "dora")).toMatchObject({ goldAnswered: met, goldRight: met });
  await context.close();
});

test("audit: drawn, checked by key, its bound beside the work", async ({ context }) => {
  const page = await openTab(context, "anna", "?way=one");
  await page.getByTestId("draw-sample").focus();
  await press(page, "Enter");
  await expect(page).toHaveURL(/audit=/);
  await expect(stage(page)).toBeVisible();
  await stage(page).focus();
  for (let i = 0; i < 10; i++) {
    const id = await shownGlyph(page);
    await press(page, "Enter");
    await expect.poll(() => shownGlyph(page)).not.toBe(id);
  }
  await saved(page);
  // none of 10 wrong: the exact bound is 1 - 0.05^(1/10) = 25.89 %
  await expect(page.getByTestId("audit-line")).toContainText("10 of 300 checked");
  await expect(page.getByTestId("audit-line")).toContainText("at most 25.89 % (95 %)");
  await expect(page.getByTestId("audit-line")).toContainText("more to show 0.1 %");
});

test("the server goes away in the middle: decisions wait, say so, outlast a reload, and come in once", async ({ context }) => {
  const page = await openTab(context, "anna", "?way=one");
  await shownGlyph(page);
  // The pictures of those to come are here.
  await page.waitForLoadState("networkidle");
  const ids: string[] = [];
  await server.kill();
  for (let i = 0; i < 8; i++) {
    ids.push(await shownGlyph(page));
    await press(page, "2");
    await expect.poll(() => shownGlyph(page)).not.toBe(ids.at(-1));
  }
  await expect(page.getByTestId("save-state")).toContainText("offline, will retry 8");
  await page.screenshot({ path: "build/test-results/looks/review-offline.png" });
  await page.close();
  await server.restart({ MNIST_DIR: "" });
  const again = await openTab(context, "anna", "?way=grid");
  await saved(again);
  await expect(again.getByTestId("glyph-cell").first()).toBeVisible();
  for (const id of ids) {
    const { label, labels } = await readGlyph(id);
    expect([label, labels.filter(({ by }) => by === "anna").length]).toEqual(["2", 1]);
  }
});
