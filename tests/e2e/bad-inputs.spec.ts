import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { buildCard } from "../../lib/card/build-card.ts";
import { encodeCardCode } from "../../lib/card/card-code.ts";
import { renderCards } from "../../lib/server/pdf/render-cards.ts";
import { DEMO_WRITERS } from "../../lib/simulate/demo-writers.ts";
import { hugePng } from "../../scripts/bench/fuzz/huge-png.ts";
import { passwordPdf } from "../support/bad-files.ts";
import { type FilledSheet, fillInPdf } from "../support/fill-in-pdf.ts";
import { startEmptyServer, type TestServer } from "../support/start-server.ts";
import { watchConsole } from "../support/watch-console.ts";

// Everything that goes wrong at a desk, dropped in at once beside one good sheet: each file gets its own message, none disturbs another.
test.describe.configure({ mode: "serial" });

interface Dropped {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly says: RegExp;
  /** What the message tells the person to do. */
  readonly advice: RegExp;
}

const CARD = { template: "digits", paper: "a4", seed: 900, dropOut: "none" } as const;
const TORN_CARD = { ...CARD, seed: 901 } as const;
// A4 at 100 dpi.
const PAPER = { width: 827, height: 1169 };

let server: TestServer;
let sheet: FilledSheet;
let bad: Dropped[];
test.beforeAll(async () => {
  server = await startEmptyServer({ MNIST_DIR: "" });
  const pdf = await renderCards([buildCard(CARD), buildCard(TORN_CARD)]);
  const codes = [encodeCardCode(CARD), encodeCardCode(TORN_CARD)];
  const [good, second] = await fillInPdf(pdf, codes, { writers: DEMO_WRITERS, device: "flatbed" });
  sheet = good;
  bad = await makeBadFiles(sheet, second);
});
test.afterAll(async () => {
  await server.stop();
});

/** Covers places of a sheet, given in mm of its card. */
async function cover({ bytes }: FilledSheet, boxes: readonly (readonly number[])[]): Promise<Uint8Array> {
  const { widthMm } = buildCard(CARD).pages[0];
  const { width = 0 } = await sharp(bytes).metadata();
  const thumbs = boxes.map((box) => {
    const [left, top, w, h] = box.map((mm) => Math.round((mm / widthMm) * width));
    return { input: { create: { width: w, height: h, channels: 3 as const, background: "#a5765c" } }, left, top };
  });
  return sharp(bytes).composite(thumbs).jpeg().toBuffer();
}

async function makeBadFiles(good: FilledSheet, second: FilledSheet): Promise<Dropped[]> {
  const { codeBox, fiducials } = buildCard(CARD).pages[0];
  const [x, y, size] = codeBox;
  // The text code beside it still tells the card: the one that is in the good sheet.
  const covered = await cover(good, [[x, y, size * 0.7, size * 0.7]]);
  const lower = fiducials.filter(({ id }) => id >= 2).map(({ xMm, yMm }) => [xMm - 7, yMm - 7, 14, 14]);
  const torn = await cover(second, [...lower, [x, y - 1, 110, size]]);
  const blank = sharp({ create: { ...PAPER, channels: 3, background: "#f4f2ec", noise: { type: "gaussian", mean: 240, sigma: 3 } } });
  return [
    { name: "empty.jpg", bytes: new Uint8Array(0), says: /empty\.jpg is empty/, advice: /Copy or scan it again/ },
    {
      name: "notes.png",
      bytes: Buffer.from("Buy paper, pens.\n"),
      says: /notes\.png is not a JPEG, PNG/,
      advice: /Save it as one of these/,
    },
    {
      name: "cut-off.jpg",
      bytes: good.bytes.subarray(0, good.bytes.length / 2),
      says: /cut-off\.jpg is damaged or cut off/,
      advice: /Copy or scan it again/,
    },
    { name: "poster.png", bytes: hugePng(20_000, 20_000), says: /poster\.png holds a page of 20000 x 20000/, advice: /Scan at 300 dpi/ },
    {
      name: "locked.pdf",
      bytes: passwordPdf("secret"),
      says: /locked\.pdf is protected by a password/,
      advice: /Save it without a password/,
    },
    { name: "blank.png", bytes: await blank.png().toBuffer(), says: /page is blank/, advice: /check which side was scanned/ },
    { name: "garden.jpg", bytes: await photographGarden(), says: /Neither a card .* nor an NIST form/, advice: /Scan the whole card/ },
    { name: "covered.jpg", bytes: covered, says: /is here already: sheet-1\.jpg/, advice: /use this one instead/ },
    { name: "torn.jpg", bytes: torn, says: /corner marks/, advice: /Scan the whole page/ },
  ];
}

/** A photograph of something else: sky over hedges, a path, a fence with dark posts; soft shapes, light falling off, noise. */
async function photographGarden(): Promise<Uint8Array> {
  const leaves = Array.from({ length: 500 }, (_, i) => {
    const [x, y] = [(i * 379) % 1600, 520 + ((i * 227) % 460)];
    return `<circle cx="${x}" cy="${y}" r="${14 + ((i * 31) % 40)}" fill="hsl(${85 + ((i * 13) % 45)} 45% ${16 + ((i * 7) % 30)}%)"/>`;
  });
  const posts = Array.from({ length: 12 }, (_, i) => `<rect x="${40 + i * 133}" y="700" width="46" height="360" fill="#5a4433"/>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200">
    <linearGradient id="sky" x2="0" y2="1"><stop stop-color="#5d8fc4"/><stop offset="1" stop-color="#e3d9c2"/></linearGradient>
    <rect width="1600" height="1200" fill="url(#sky)"/>${leaves.join("")}${posts.join("")}
    <path d="M620 1200 780 900 860 900 1200 1200z" fill="#b9a684"/></svg>`;
  const noise = await sharp({
    create: { width: 1600, height: 1200, channels: 3, background: "#000", noise: { type: "gaussian", mean: 128, sigma: 20 } },
  })
    .png()
    .toBuffer();
  return sharp(Buffer.from(svg))
    .flatten()
    .blur(2)
    .composite([{ input: noise, blend: "soft-light" }])
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** Drops files on the page as the mouse would, all in one drop. */
async function drop(page: Page, files: readonly { name: string; bytes: Uint8Array }[]): Promise<void> {
  const packed = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString("base64") }));
  const data = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of list) transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    return transfer;
  }, packed);
  for (const event of ["dragenter", "dragover", "drop"]) await page.dispatchEvent("body", event, { dataTransfer: data });
}

test("a file chosen as soon as there is anything to choose with comes in, however late the page's script and list", async ({ page }) => {
  for (const late of ["**/_next/static/chunks/*.js", "**/api/collections/mine/scans"]) {
    await page.route(late, async (route) => {
      if (route.request().method() === "GET") await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue();
    });
  }
  await page.goto(`${server.url}/c/mine/scans`, { waitUntil: "commit" });
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name: "early.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(0) });
  await expect(page.getByRole("listitem").filter({ hasText: "early.jpg" })).toContainText("is empty");
});

test("bad files and a good sheet in one drop: the sheet is read, each other file says what is wrong and what to do", async ({
  page,
  context,
}) => {
  // Chromium writes each refused upload into the console.
  const takeProblems = watchConsole(context, /^Failed to load resource: the server responded with a status of 4\d\d/);
  await page.goto(`${server.url}/c/mine/scans`);
  await expect(page.getByText("No page has come in yet")).toBeVisible();
  await drop(page, [...bad.slice(0, 4), sheet, ...bad.slice(4)]);

  const written = sheet.truth.fields.flatMap((field) => (field.name === "writer" ? [] : field.glyphs)).length;
  for (const { name, says, advice } of bad) {
    const row = page.getByRole("listitem").filter({ hasText: name });
    await expect(row).toHaveCount(1, { timeout: 120_000 });
    await expect(row).toContainText(says, { timeout: 120_000 });
    await expect(row).toContainText(advice);
  }
  const good = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: sheet.name, exact: true }) });
  await expect(good).toContainText(`${written} glyphs`, { timeout: 120_000 });
  await page.screenshot({ path: "build/test-results/bad-inputs.png", fullPage: true });
  expect(takeProblems(), "nothing else in the browser's console").toEqual([]);
});

test("a refused page shows its picture and the reason, and a duplicate leads to the first", async ({ page, context }) => {
  const takeProblems = watchConsole(context);
  await page.goto(`${server.url}/c/mine/scans`);
  await page.getByRole("link", { name: "garden.jpg" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "garden.jpg" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(/Neither a card/);
  await page.getByRole("main").getByRole("link", { name: "Scans", exact: true }).click();
  await page.getByRole("link", { name: "covered.jpg" }).click();
  await expect(page.getByRole("button", { name: "Use this one instead" })).toBeVisible();
  await page.screenshot({ path: "build/test-results/bad-inputs-duplicate.png" });
  await page.getByRole("region", { name: "What to do with it" }).getByRole("link", { name: sheet.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: sheet.name })).toBeVisible();
  expect(takeProblems(), "nothing in the browser's console").toEqual([]);
});

test("a page that nothing could be read on is read by hand: corners by mouse and by keys, the code typed", async ({ page, context }) => {
  const takeProblems = watchConsole(context);
  await page.goto(`${server.url}/c/mine/scans/report`);
  const row = page.getByRole("listitem").filter({ hasText: "torn.jpg" });
  await row.getByRole("link", { name: "Mend it by hand" }).click();
  const corner = (n: number) => page.getByRole("slider", { name: new RegExp(`^Corner ${n}`) });
  const placeOf = async (n: number) => ((await corner(n).getAttribute("aria-valuetext")) ?? "").match(/\d+/g)?.map(Number) ?? [];

  await expect(corner(3)).toBeVisible({ timeout: 120_000 });
  await corner(3).scrollIntoViewIfNeeded();
  const start = await placeOf(3);
  const at = await corner(3).boundingBox();
  const [x, y] = [(at?.x ?? 0) + (at?.width ?? 0) / 2, (at?.y ?? 0) + (at?.height ?? 0) / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y - 40, { steps: 4 });
  // A moving pointer's place is drawn when the browser comes to it.
  await expect.poll(async () => (await placeOf(3))[0]).toBeLessThan(start[0] - 60);
  await expect.poll(async () => (await placeOf(3))[1]).toBeLessThan(start[1] - 40);
  await page.screenshot({ path: "build/test-results/bad-inputs-by-hand.png" });
  await page.mouse.move(x, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => placeOf(3)).toEqual(start);

  const [left, top] = await placeOf(4);
  await corner(4).focus();
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => placeOf(4)).toEqual([left + 10, top - 1]);
  await page.keyboard.press("Shift+ArrowLeft");

  const code = encodeCardCode(TORN_CARD);
  const typed = page.getByRole("textbox", { name: /Card code/ });
  await typed.fill(`${code.slice(0, -1)}${code.endsWith("2") ? "3" : "2"}`);
  await expect(page.getByText(/does not pass its check/)).toBeVisible();
  await typed.fill(code.toLowerCase());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("group", { name: "Boxes" })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText("210 glyphs").first()).toBeVisible();
  expect(takeProblems(), "nothing in the browser's console").toEqual([]);
});

test("MNIST files with a wrong sum are refused by name, and nothing is kept of them", async ({ page, context }) => {
  const takeProblems = watchConsole(context, /^Failed to load resource: the server responded with a status of 4\d\d/);
  await page.goto(`${server.url}/c/mine/datasets`);
  const card = page.getByTestId("mnist-card");
  await expect(page.getByTestId("mnist-status")).toHaveText("Not here yet");
  const wrong = Buffer.alloc(8 + 10_000, 3);
  wrong.set([0, 0, 8, 1, 0, 0, 0x27, 0x10]);
  const choose = (name: string) =>
    card.locator("input[type=file]").setInputFiles([{ name, mimeType: "application/octet-stream", buffer: wrong }]);
  await choose("t10k-labels-idx1-ubyte");
  await expect(card.getByRole("alert")).toContainText(
    /t10k-labels-idx1-ubyte.*MD5 sum is [0-9a-f]{32} instead of [0-9a-f]{32}.*get the file again/,
  );
  await page.screenshot({ path: "build/test-results/bad-inputs-mnist.png", fullPage: true });
  await choose("holiday.zip");
  await expect(card.getByRole("alert")).toContainText(/holiday\.zip.*none of MNIST's files.*train-images-idx3-ubyte/);
  await page.reload();
  await expect(page.getByTestId("mnist-status")).toHaveText("Not here yet");
  await expect(card.locator("[data-present=true]")).toHaveCount(0);
  expect(takeProblems(), "nothing else in the browser's console").toEqual([]);
});
