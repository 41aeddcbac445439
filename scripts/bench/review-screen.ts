import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { parseArguments, parseNumber } from "../support/command-line.ts";
import { ensureBrowser } from "../support/find-browser.mjs";
import { startServer } from "../support/start-server.ts";
import { type Bench, median, type Report, round } from "./bench-line.ts";
import { describeLoad, describeMachine } from "./describe-machine.ts";
import { BENCH_SLUG } from "./review/fill-collection.ts";
import { prepareCollection } from "./review/prepare-collection.ts";
import { decideInGrid, decideOneByOne } from "./review-screen/decide-by-keys.ts";
import { scrollGrid } from "./review-screen/scroll-grid.ts";

const USAGE = `usage: npm run --silent bench -- review-screen [--glyphs 100000] [--seconds 20] [--data FOLDER]

--seconds  Of each of the measurements.
--data     Keeps the database in that folder, and takes it from there the next time.`;

const LINE = { against: null, ratio: null };

/** What the review screen can take, by keys alone in a real browser, and how smoothly a long list scrolls. */
export const reviewScreen: Bench = {
  about: "glyphs a minute that the review screen takes by keys, one by one and in the grid; frames a second while 100,000 scroll",
  needs: [],
  startsApp: true,
  takesOptions: true,
  async run(report, args) {
    const text = { type: "string" } as const;
    const { values } = parseArguments(args, { glyphs: text, seconds: text, data: text }, { usage: USAGE });
    const glyphs = parseNumber("glyphs", values.glyphs ?? "100000", { low: 1000, high: 1_000_000, whole: true });
    const seconds = parseNumber("seconds", values.seconds ?? "20", { low: 2, high: 600, whole: false });
    const folder = values.data ?? (await mkdtemp(join(tmpdir(), "inkform-review-screen-")));
    try {
      console.error(`${describeMachine()}; load average ${describeLoad()} at the start`);
      await prepareCollection(folder, glyphs);
      await measure(folder, { glyphs, seconds }, report);
      console.error(`load average ${describeLoad()} at the end`);
    } finally {
      if (values.data === undefined) await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(folder: string, { glyphs, seconds }: { glyphs: number; seconds: number }, report: Report): Promise<void> {
  const server = await startServer({ INKFORM_DATA: folder });
  const { chromium } = await import("@playwright/test");
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    // tsx gives functions their names by a helper that is not there in the page.
    await tab.addInitScript("globalThis.__name = (target) => target");
    const open = async (query: string): Promise<Page> => {
      await tab.goto(`${server.url}/c/${BENCH_SLUG}/review${query}`);
      return tab;
    };
    const one = await decideOneByOne(await open("?way=one&order=page"), seconds);
    report({
      figure: "one by one: glyphs a minute that the screen takes, a key each",
      value: round(one.perMinute),
      unit: "glyphs/min",
      ...LINE,
    });
    report({
      figure: "one by one: from the key to the frame with the next glyph, median",
      value: round(median(one.delays)),
      unit: "ms",
      ...LINE,
    });
    report({ figure: "one by one: the same, 95th percentile", value: round(quantile(one.delays, 0.95)), unit: "ms", ...LINE });
    const grid = await decideInGrid(await open("?label=3"), seconds);
    report({
      figure: "grid: glyphs a minute that the screen takes, a key for all in sight",
      value: round(grid.perMinute),
      unit: "glyphs/min",
      ...LINE,
    });
    report({ figure: "grid: glyphs in sight at 1280 x 900", value: grid.inSight, unit: "glyphs", ...LINE });
    for (const speed of [500, 3000, 20_000]) {
      const { framesPerSecond, late, scrolled } = await scrollGrid(await open("?state=all"), { speed, seconds: seconds / 2 });
      const name = `${glyphs.toLocaleString("en")} glyphs, scrolled ${speed.toLocaleString("en")} px a second`;
      report({ figure: `${name}: frames a second`, value: round(framesPerSecond), unit: "1/s", ...LINE });
      report({ figure: `${name}: share of frames later than 25 ms`, value: round(late), unit: "1", ...LINE });
      report({ figure: `${name}: distance`, value: Math.round(scrolled), unit: "px", ...LINE });
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

function quantile(values: readonly number[], q: number): number {
  return [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(q * values.length) - 1)] ?? Number.NaN;
}
