import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { buildCard } from "../../lib/card/build-card.ts";
import { encodeCardCode } from "../../lib/card/card-code.ts";
import { renderCards } from "../../lib/server/pdf/render-cards.ts";
import { DEMO_WRITERS } from "../../lib/simulate/demo-writers.ts";
import { fillInPdf } from "../support/fill-in-pdf.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// Every screen, filled and empty, wide and on a phone, light and dark: it fits, axe finds nothing serious, the console stays quiet.
// The pictures go to build/test-results/looks for a person to look at.
test.describe.configure({ mode: "serial" });
// A trace keeps the page before and after each step: over so many screens that takes longer than the rest.
test.use({ trace: "off" });

const CARDS = [700, 701, 702].map((seed) => ({ template: "digits", paper: "a4", seed, dropOut: "none" }) as const);
const NIST_PAGE = process.env.NIST_DIR ? join(process.env.NIST_DIR, "f1002_33.png") : null;

let server: TestServer;
/** Addresses of all screens by name. */
const screens = new Map<string, string>();

test.beforeAll(async () => {
  server = await startServer({ MNIST_DIR: "" });
});
test.afterAll(async () => {
  await server.stop();
});

/** Text goes as JSON, bytes as they are. */
async function ask<T>(path: string, method = "GET", body?: string | Uint8Array): Promise<T> {
  const headers = { "content-type": typeof body === "string" ? "application/json" : "application/octet-stream" };
  const answer = await fetch(`${server.url}/api${path}`, {
    method,
    headers,
    body: typeof body === "string" || !body ? body : Buffer.from(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

async function wait<T>(what: string, look: () => Promise<T>, good: (seen: T) => boolean, seconds = 60): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (good(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`${what} after ${seconds} s: ${JSON.stringify(seen).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** One collection with something on every screen: sheets, a page that was not found, the NIST page where there is one, a version, a run. */
test("a collection is filled", async () => {
  const pdf = await renderCards(CARDS.map((spec) => buildCard(spec)));
  const codes = CARDS.map((spec) => encodeCardCode(spec));
  const sheets: { name: string; bytes: Uint8Array }[] = await fillInPdf(pdf, codes, {
    writers: DEMO_WRITERS,
    device: "flatbed",
    fill: { errorRate: 0.02 },
  });
  if (NIST_PAGE && existsSync(NIST_PAGE)) sheets.push({ name: "f1002_33.png", bytes: await readFile(NIST_PAGE) });
  sheets.push({ name: "a rather long file name from a phone 2026-03-14 at 15.09.26.jpg", bytes: sheets[0].bytes.subarray(0, 60_000) });
  for (const { name, bytes } of sheets) await ask(`/collections/mine/scans?name=${encodeURIComponent(name)}`, "POST", bytes);
  interface Scans {
    scans: { state: string; pages: { id: string; state: string }[] }[];
  }
  const { scans } = await wait<Scans>(
    "not all scans are read",
    () => ask("/collections/mine/scans"),
    (seen) => seen.scans.every(({ state }) => state === "done" || state === "failed"),
  );
  const pageId = scans.flatMap((scan) => scan.pages).find((page) => page.state === "read")?.id;
  const dataset = await ask<{ id: string }>("/collections/mine/datasets", "POST", JSON.stringify({ includeAgreeing: true }));
  const run = await ask<{ id: string }>(
    "/collections/mine/runs",
    "POST",
    JSON.stringify({ dataset: dataset.id, settings: { epochs: 10, batch: 16, hidden: [32] } }),
  );
  await wait<{ state: string }>(
    "the run is not done",
    () => ask(`/runs/${run.id}`),
    ({ state }) => state === "done",
  );
  await ask("/collections/mine/audits", "POST", JSON.stringify({ size: 50 }));
  await ask("/collections/mine/quality", "POST");
  await wait<{ fusion: object | null }>(
    "the labels are not estimated",
    () => ask("/collections/mine/quality"),
    ({ fusion }) => fusion !== null,
  );
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

/** Until the screen has what it fetches and stands still. */
async function settle(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await page.waitForLoadState("networkidle");
}

/** What reaches beyond the window's right edge, the outermost first; things inside a scrolling part are theirs to clip. */
function findOverflow(page: Page): Promise<{ tooWide: number; culprits: string[] }> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const culprits = [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className} ${element.textContent?.slice(0, 40) ?? ""}`);
    return { tooWide: Math.max(0, root.scrollWidth - root.clientWidth), culprits: culprits.slice(0, 5) };
  });
}

/** @param rules all of axe's where absent */
async function findFaults(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 4)
          .map((node) => `${node.target.join(" ")} (${node.any[0]?.message ?? node.html})`)
          .join("; ")}`,
    );
}

for (const width of [1280, 390]) {
  test(`every screen at ${width} px, light and dark`, async ({ browser }) => {
    const context = await browser.newContext({
      viewport: { width, height: width === 390 ? 844 : 800 },
      reducedMotion: "reduce",
      ...(width === 390 && { hasTouch: true, isMobile: true }),
    });
    const takeProblems = watchConsole(context, /status of 404/);
    const page = await context.newPage();
    for (const [name, address] of screens) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(server.url + address);
      await settle(page);
      await page.screenshot({ path: `build/test-results/looks/${name}-${width}-light.png` });
      expect.soft(await findFaults(page), `axe on ${name}`).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      await page.screenshot({ path: `build/test-results/looks/${name}-${width}-dark.png` });
      if (width === 1280) {
        expect.soft(await findFaults(page, ["color-contrast"]), `axe on ${name} in the dark`).toEqual([]);
      } else {
        await page.setViewportSize({ width: 360, height: 740 });
        await expect
          .soft(async () => expect(await findOverflow(page)).toMatchObject({ tooWide: 0 }), `${name} at 360 px`)
          .toPass({ timeout: 3_000 });
        await page.setViewportSize({ width, height: 844 });
      }
      expect.soft(takeProblems(), `the console on ${name}`).toEqual([]);
    }
    await context.close();
  });
}

test("the empty screens, on a phone and in the dark", async ({ browser }) => {
  await ask("/collections", "POST", JSON.stringify({ slug: "bare", name: "Nothing yet" }));
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme: "dark", reducedMotion: "reduce" });
  const takeProblems = watchConsole(context);
  const page = await context.newPage();
  for (const path of ["", "/scans", "/review", "/quality", "/datasets", "/train", "/evaluate"]) {
    await page.goto(`${server.url}/c/bare${path}`);
    await settle(page);
    await page.screenshot({ path: `build/test-results/looks/empty-${path.slice(1) || "home"}-360-dark.png`, fullPage: true });
    expect.soft(await findFaults(page), `axe on an empty ${path}`).toEqual([]);
    expect.soft(await findOverflow(page), `an empty ${path} at 360 px`).toMatchObject({ tooWide: 0 });
  }
  expect(takeProblems(), "nothing in the browser's console").toEqual([]);
  await context.close();
});
