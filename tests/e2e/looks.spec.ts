import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type CDPSession, expect, type Page, test } from "@playwright/test";
import { addScans } from "../support/browser/add-scans.ts";
import { ask } from "../support/browser/ask.ts";
import { startFilledServer } from "../support/browser/filled-server.ts";
import { findFaults } from "../support/browser/find-faults.ts";
import { watchRequests } from "../support/browser/watch-requests.ts";
import type { TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// Every screen, filled and empty, wide in light and dark, on a phone in the dark: it fits, axe finds nothing serious, the console stays quiet. Each is loaded once; the window
// and the scheme change while it is there, as they do in life. The pictures go to build/test-results/looks for a person to look at.
test.describe.configure({ mode: "serial" });
// A trace keeps the page before and after each step: over so many screens that takes longer than the rest.
test.use({ trace: "off" });

const NIST_PAGE = process.env.NIST_DIR ? join(process.env.NIST_DIR, "f1002_33.png") : null;
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
/** Screens with parts of their own on a phone: axe looks at these there too; of the others the frame is the same. */
const OTHERWISE_ON_A_PHONE = new Set(["home", "page", "review", "review-one", "train"]);

let server: TestServer;
/** Addresses of all screens by name. */
const screens = new Map<string, string>();

test.beforeAll(async () => {
  server = await startFilledServer();
});
test.afterAll(async () => {
  await server.stop();
});

const post = <T>(path: string, body?: object) => ask<T>(server, path, { method: "POST", body });

/** One collection with something on every screen: sheets, a page that was not found, the NIST page where there is one, a version, a run. */
test("a collection is filled", async () => {
  const files = [
    { name: "a rather long file name from a phone 2026-03-14 at 15.09.26.jpg", bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]) },
  ];
  if (NIST_PAGE && existsSync(NIST_PAGE)) files.unshift({ name: "f1002_33.png", bytes: await readFile(NIST_PAGE) });
  const scans = await addScans(server, files);
  const pageId = scans.flatMap((scan) => scan.pages).find((page) => page.state === "read")?.id;
  const dataset = await post<{ id: string }>("/collections/mine/datasets", { includeAgreeing: true });
  const run = await post<{ id: string }>("/collections/mine/runs", {
    dataset: dataset.id,
    settings: { epochs: 10, batch: 16, hidden: [32] },
  });
  await post("/collections/mine/audits", { size: 50 });
  await post("/collections/mine/quality");
  await expect.poll(() => ask<{ state: string }>(server, `/runs/${run.id}`), { timeout: 60_000 }).toMatchObject({ state: "done" });
  await expect
    .poll(() => ask<{ fusion: object | null }>(server, "/collections/mine/quality"), { timeout: 60_000 })
    .toMatchObject({ fusion: expect.anything() });
  await post("/collections", { slug: "bare", name: "Nothing yet" });
  for (const [name, path] of Object.entries({
    home: "",
    cards: "/cards",
    scans: "/scans",
    page: `/scans/${pageId}`,
    review: "/review?state=disagree",
    "review-one": "/review?way=one&state=all",
    quality: "/quality",
    datasets: "/datasets",
    dataset: `/datasets/${dataset.id}`,
    train: "/train",
    run: `/runs/${run.id}`,
    evaluate: `/evaluate?model=${run.id}`,
  })) {
    screens.set(name, `/c/mine${path}`);
  }
  screens
    .set("draw", "/draw")
    .set("how", "/how")
    .set("mathematics", "/how/mathematics")
    .set("labels", "/how/labels")
    .set("missing", "/no-such-page");
});

/** What reaches beyond the window's right edge, the outermost first; things inside a scrolling part are theirs to clip. */
function findOverflow(page: Page): Promise<{ windowWidth: number; tooWide: number; culprits: string[] }> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const culprits = [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent?.slice(0, 40) ?? ""}`);
    return { windowWidth: window.innerWidth, tooWide: Math.max(0, root.scrollWidth - root.clientWidth), culprits: culprits.slice(0, 5) };
  });
}

/** A phone's window and finger, or a desk's again: without a load, since only the measures change. */
async function setDevice(page: Page, devtools: CDPSession, device: typeof WIDE | typeof PHONE): Promise<void> {
  await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: device === PHONE });
  await page.setViewportSize(device);
}

async function shoot(page: Page, name: string): Promise<void> {
  // Colours change over a frame or two after the scheme does.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.screenshot({ path: `build/test-results/looks/${name}.png` });
}

async function expectFits(page: Page, name: string): Promise<void> {
  await expect
    .soft(async () => expect(await findOverflow(page)).toMatchObject({ windowWidth: PHONE.width, tooWide: 0 }), `${name} at 360 px`)
    .toPass({ timeout: 60_000 });
}

test("every screen, wide in light and dark, on a phone in the dark", async ({ browser }) => {
  test.setTimeout(900_000);
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce" });
  const takeProblems = watchConsole(context, /status of 404/);
  const page = await context.newPage();
  const settle = watchRequests(page);
  const devtools = await context.newCDPSession(page);
  for (const [name, address] of screens) {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(server.url + address);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await settle();
    await shoot(page, `${name}-1280-light`);
    expect.soft(await findFaults(page), `axe on ${name}`).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await shoot(page, `${name}-1280-dark`);
    expect.soft(await findFaults(page, ["color-contrast"]), `axe on ${name} in the dark`).toEqual([]);

    await setDevice(page, devtools, PHONE);
    await shoot(page, `${name}-360-dark`);
    if (OTHERWISE_ON_A_PHONE.has(name)) expect.soft(await findFaults(page), `axe on ${name} on a phone`).toEqual([]);
    await expectFits(page, name);
    await setDevice(page, devtools, WIDE);
    expect.soft(takeProblems(), `the console on ${name}`).toEqual([]);
  }
  await context.close();
});

test("the empty screens, on a phone and in the dark", async ({ browser }) => {
  const context = await browser.newContext({ viewport: PHONE, colorScheme: "dark", reducedMotion: "reduce" });
  const takeProblems = watchConsole(context);
  const page = await context.newPage();
  const settle = watchRequests(page);
  for (const path of ["", "/scans", "/review", "/quality", "/datasets", "/train", "/evaluate"]) {
    await page.goto(`${server.url}/c/bare${path}`);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await settle();
    await page.screenshot({ path: `build/test-results/looks/empty-${path.slice(1) || "home"}-360-dark.png`, fullPage: true });
    expect.soft(await findFaults(page), `axe on an empty ${path}`).toEqual([]);
    await expectFits(page, `an empty ${path}`);
  }
  expect(takeProblems(), "nothing in the browser's console").toEqual([]);
  await context.close();
});
