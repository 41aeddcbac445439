import { expect, type Page, test } from "@playwright/test";
import { readFilledSheets } from "../support/browser/filled-server.ts";
import { watchRequests } from "../support/browser/watch-requests.ts";
import { startEmptyServer, type TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// No mouse: from the first page to glyphs looked over and a network in training, by keys alone.
test.describe.configure({ mode: "serial" });

let server: TestServer;
test.beforeAll(async () => {
  server = await startEmptyServer({ MNIST_DIR: "" });
});
test.afterAll(async () => {
  await server.stop();
});

let takeProblems: () => string[];
test.beforeEach(({ context }) => {
  takeProblems = watchConsole(context);
});
test.afterEach(() => {
  expect(takeProblems(), "nothing in the browser's console").toEqual([]);
});

/** What has the focus: its name as read out, and whether a sighted person sees that it has it. */
function focused(page: Page): Promise<{ name: string; shown: boolean; inMain: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { name: "", shown: true, inMain: false };
    const ringed = (candidate: Element | null): boolean => {
      if (candidate === null) return false;
      const style = getComputedStyle(candidate);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    };
    // A control that is only there for assistive technology is drawn by its label or its parent.
    const hidden = element.offsetWidth <= 1;
    const drawn = [
      element,
      element.closest("label"),
      // A list shows where its keys are by its current option.
      document.getElementById(element.getAttribute("aria-activedescendant") ?? ""),
      ...(hidden ? [element.parentElement, element.nextElementSibling] : []),
    ];
    const name =
      element.getAttribute("aria-label") ?? (element.textContent || (element as HTMLInputElement).labels?.[0]?.textContent || element.id);
    return {
      name: name.trim().replace(/\s+/g, " "),
      shown: drawn.some(ringed),
      inMain: element.closest("main") !== null,
    };
  });
}

/** Presses Tab until a control of that name has the focus; every stop on the way must be seen. */
async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const stop = await focused(page);
    expect(stop.shown, `the focus on "${stop.name}" is seen`).toBe(true);
    if (name.test(stop.name)) return;
    passed.push(stop.name);
  }
  throw new Error(`Tab does not come to ${name}; it went over: ${passed.join(" | ")}`);
}

/** Past the navigation by the skip link. */
async function skip(page: Page): Promise<void> {
  await page.keyboard.press("Tab");
  expect((await focused(page)).name).toBe("Skip to the page");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
}

test("a collection is started and cards are downloaded", async ({ page }) => {
  await page.goto(server.url);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await tabTo(page, /^Print your own cards$|^Start a collection$/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/cards$/);
  await expect(page.getByRole("button", { name: /^Download .* PDF$/ })).toBeVisible();
  await tabTo(page, /^Copies/);
  await page.keyboard.type("3");
  await tabTo(page, /^Download \d+ cards? as PDF$/);
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
});

test("files are chosen, the page's boxes walked through", async ({ page }) => {
  const sheets = await readFilledSheets();
  // Asked for before anything else: the browser is told beside the key, and where the key came first no chooser was ever reported.
  const chooser = page.waitForEvent("filechooser", { timeout: 180_000 });
  await page.goto(`${server.url}/c/mine/scans`);
  await expect(page.getByText("No page has come in yet")).toBeVisible();
  await skip(page);
  await tabTo(page, /^Choose files$/, 3);
  await page.keyboard.press("Space");
  await (await chooser).setFiles(sheets.map(({ name, bytes }) => ({ name, mimeType: "image/jpeg", buffer: Buffer.from(bytes) })));
  await expect(page.getByRole("listitem").filter({ hasText: /\d+ glyphs/ })).toHaveCount(sheets.length, { timeout: 150_000 });
  await tabTo(page, /^sheet-\d\.jpg$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /sheet-\d\.jpg/ })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("r");
  await expect(page).toHaveURL(/\/review\?page=/);
});

test("glyphs are looked over", async ({ page }) => {
  await page.goto(`${server.url}/c/mine/review?state=open`);
  const cells = page.getByTestId("glyph-cell");
  await expect(cells.first()).toBeVisible();
  const first = await cells.first().getAttribute("data-label");
  await page.keyboard.press("ArrowRight");
  await expect(cells.nth(1)).toHaveAttribute("data-current", "true");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press(first === "3" ? "4" : "3");
  await expect(cells.first()).toHaveAttribute("data-label", first === "3" ? "4" : "3");
  await page.keyboard.press("Control+z");
  await expect(cells.first()).toHaveAttribute("data-label", first ?? "");
  await page.keyboard.press("Space");
  await expect(cells.first()).toHaveAttribute("aria-selected", "true");
  await expect(page.getByTestId("confirm-seen")).toBeEnabled();
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("review-hint")).toContainText("confirmed");
  await expect(page.getByTestId("save-state")).toContainText("saved", { timeout: 120_000 });
  // The list takes the focus in the Tab order and shows it; the keys work from there too.
  await tabTo(page, /^Glyphs$/);
});

test("a version is built and a training started", async ({ page }) => {
  await page.goto(`${server.url}/c/mine/datasets`);
  await expect(page.getByText("No version yet")).toBeVisible();
  await page.keyboard.press("n");
  await expect(page.getByRole("form", { name: "Build a version" })).toBeVisible();
  await skip(page);
  // What was looked over so far is one writer's.
  await tabTo(page, /^Also glyphs nobody looked at/);
  await page.keyboard.press("Space");
  await tabTo(page, /^Build it$/);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("no-writer-in-two")).toBeVisible();
  await tabTo(page, /^Train on it$/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/train\?dataset=/);
  await expect(page.getByTestId("run-start")).toBeVisible();
  await page.keyboard.press("s");
  await expect(page.getByTestId("run-state").first()).toContainText(/waiting|learning|done/);
});

test("? lists the keys of a screen and Esc gives the focus back; Tab goes in the order of the page", async ({ page }) => {
  const keys: Record<string, RegExp> = {
    "/c/mine": /Go to the next step/,
    "/c/mine/cards": /Keys.*Cards/s,
    "/c/mine/scans": /Add files/,
    "/c/mine/review?state=all": /All seen and not picked out are right/,
    "/c/mine/datasets": /Build a version/,
    "/c/mine/train": /Start a run/,
    "/draw": /Keys.*Draw/s,
  };
  const settle = watchRequests(page);
  for (const [path, does] of Object.entries(keys)) {
    await page.goto(server.url + path);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await settle();
    // Without a tabindex of its own a control comes where it stands.
    expect(await page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count()).toBe(0);
    // Review's list has the focus from the start.
    if (path.includes("/review")) {
      await expect(page.getByRole("listbox", { name: "Glyphs" })).toBeFocused();
      // What comes behind it is asked for when the cursor has rested on a glyph.
      await expect(page.getByTestId("glyph-panel").getByRole("link")).toBeVisible();
    } else await skip(page);
    await page.keyboard.press("Tab");
    const before = await focused(page);
    expect(before.inMain, `Tab after the skip link is in the page at ${path}, not on "${before.name}"`).toBe(true);
    expect(before.shown, `the focus on "${before.name}" at ${path} is seen`).toBe(true);
    await page.keyboard.press("?");
    const help = page.getByRole("dialog");
    await expect(help).toContainText(does);
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
    await expect.poll(() => focused(page).then(({ name }) => name), { message: `the focus comes back at ${path}` }).toBe(before.name);
  }
});
