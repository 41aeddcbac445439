import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { buildCard } from "../../lib/card/build-card.ts";
import { encodeCardCode } from "../../lib/card/card-code.ts";
import { renderCards } from "../../lib/server/pdf/render-cards.ts";
import { DEMO_WRITERS } from "../../lib/simulate/demo-writers.ts";
import { hugePng, passwordPdf } from "../support/bad-files.ts";
import { type FilledSheet, fillInPdf } from "../support/fill-in-pdf.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
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
// A4 at 100 dpi.
const PAPER = { width: 827, height: 1169 };

let server: TestServer;
let sheet: FilledSheet;
let bad: Dropped[];
test.beforeAll(async () => {
  server = await startServer({ MNIST_DIR: "" });
  const pdf = await renderCards([buildCard(CARD)]);
  [sheet] = await fillInPdf(pdf, [encodeCardCode(CARD)], { writers: DEMO_WRITERS, device: "flatbed" });
  bad = await makeBadFiles(sheet);
});
test.afterAll(async () => {
  await server.stop();
});

async function makeBadFiles(good: FilledSheet): Promise<Dropped[]> {
  const { codeBox, widthMm, heightMm } = buildCard(CARD).pages[0];
  const { width = 0, height = 0 } = await sharp(good.bytes).metadata();
  const thumb = {
    left: Math.round((codeBox[0] / widthMm) * width),
    top: Math.round((codeBox[1] / heightMm) * height),
    width: Math.round((codeBox[2] / widthMm) * width * 0.7),
    height: Math.round((codeBox[3] / heightMm) * height * 0.7),
  };
  const covered = await sharp(good.bytes)
    .composite([
      {
        input: { create: { width: thumb.width, height: thumb.height, channels: 3, background: "#a5765c" } },
        left: thumb.left,
        top: thumb.top,
      },
    ])
    .jpeg()
    .toBuffer();
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
    { name: "covered.jpg", bytes: covered, says: /code.* can't be read/, advice: /with the code uncovered/ },
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
    await expect(row).toHaveCount(1, { timeout: 45_000 });
    await expect(row).toContainText(says, { timeout: 45_000 });
    await expect(row).toContainText(advice);
  }
  const good = page.getByRole("listitem").filter({ hasText: sheet.name });
  await expect(good).toContainText(`${written} glyphs`, { timeout: 45_000 });
  await page.screenshot({ path: "build/test-results/bad-inputs.png", fullPage: true });
  expect(takeProblems(), "nothing else in the browser's console").toEqual([]);
});

test("a page that was not found shows its picture and the reason", async ({ page, context }) => {
  const takeProblems = watchConsole(context);
  await page.goto(`${server.url}/c/mine/scans`);
  for (const name of ["garden.jpg", "covered.jpg"]) {
    await page.getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByRole("main").getByRole("alert")).toContainText(bad.find((file) => file.name === name)?.says ?? name);
    await page.screenshot({ path: `build/test-results/bad-inputs-${name}.png` });
    await page.getByRole("main").getByRole("link", { name: "Scans", exact: true }).click();
  }
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
