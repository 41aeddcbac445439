import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InkformError } from "../../lib/core/inkform-error.ts";
import { parseArguments, parseNumber } from "../support/command-line.ts";
import { type Bench, median, type Report, round } from "./bench-line.ts";
import { describeLoad, describeMachine } from "./describe-machine.ts";
import { markdownTable } from "./markdown-table.ts";
import { type MadePages, makePages, type PageKind } from "./read/make-pages.ts";
import { measureReading, type ReadingRun } from "./read/measure-reading.ts";
import { shareStages } from "./read/share-stages.ts";

const MODEL = "lib/mlp/starter/starter.ink";
const MB = 2 ** 20;
const nothing = { against: null, ratio: null };

const USAGE = `usage: npm run --silent bench -- read [--pages 1000] [--set 20] [--threads 2] [--photos 5] [--large 2]

--pages    The longest run; runs of 10, 100 and 1,000 pages up to it.
--set      Different pages; a run takes them round robin.
--threads  Child processes.
--photos   Readings of a 12 megapixel photograph, one at a time; 0: none.
--large    600 dpi A4 colour pages (35 megapixels) for the memory they take; 0: none.`;

/** Pages a minute from the file to the written glyphs, stage by stage, and the memory it takes. */
export const read: Bench = {
  about: "pages read a minute from JPEG to written glyphs: 10, 100, 1,000 of them, stage by stage, memory, a photograph",
  needs: [],
  takesOptions: true,
  async run(report, args) {
    const text = { type: "string" } as const;
    const { values } = parseArguments(args, { pages: text, set: text, threads: text, photos: text, large: text }, { usage: USAGE });
    const whole = (name: keyof typeof values, usual: number, low: number): number =>
      parseNumber(name, values[name] ?? String(usual), { low, high: 100_000 });
    const settings = { most: whole("pages", 1000, 10), set: whole("set", 20, 1), threads: whole("threads", 2, 1) };
    const [photos, large] = [whole("photos", 5, 0), whole("large", 2, 0)];
    const model = await readFile(MODEL);
    const folder = await mkdtemp(join(tmpdir(), "inkform-pages-"));
    try {
      console.error(`${describeMachine()}; load average ${describeLoad()} at the start`);
      const scans = await make(folder, "300 dpi grey scan", settings.set);
      for (const count of new Set([10, 100, 1000, settings.most].filter((n) => n <= settings.most).sort((a, b) => a - b))) {
        const run = await measureReading(scans.paths, { count, threads: settings.threads, model });
        reportRun(run, { count, report });
        if (count === settings.most) console.error(describeRun(run));
      }
      if (photos > 0) await measurePhotos(await make(folder, "12 megapixel photograph", Math.min(photos, 5)), { photos, model, report });
      if (large > 0) {
        const pages = await make(folder, "600 dpi colour scan", 1);
        const run = await measureReading(pages.paths, { count: 2 * large, threads: 2, model });
        requireRead(run);
        report({ figure: "600 dpi colour pages, most memory of a child", value: peakMb(run), unit: "MB", ...nothing });
        report({ figure: "600 dpi colour pages, processor time", value: round(run.cpuMs / run.pages), unit: "ms/page", ...nothing });
      }
      console.error(`load average ${describeLoad()} at the end`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function make(folder: string, kind: PageKind, count: number): Promise<MadePages> {
  const made = await makePages(folder, kind, count);
  console.error(`${count} different pages: ${kind}, A4, JPEG, ${made.widthPx} x ${made.heightPx} px, ${Math.round(made.bytes / 1024)} KB`);
  return made;
}

function reportRun(run: ReadingRun, { count, report }: { count: number; report: Report }): void {
  requireRead(run);
  const say = (figure: string, value: number, unit: string): void =>
    report({ figure: `${count} pages: ${figure}`, value: round(value), unit, ...nothing });
  say("by the clock", (60_000 * run.pages) / run.wallMs, "pages/min");
  say("time by the clock", run.wallMs / 1000, "s");
  say("processor time", run.cpuMs / run.pages, "ms/page");
  say("by processor time, on two cores of which nothing else takes any", (2 * 60_000 * run.pages) / run.cpuMs, "pages/min");
  const perPage = run.costs.map(({ stages }) => stages.reduce((sum, { wallMs }) => sum + wallMs, 0)).sort((a, b) => a - b);
  const at = (share: number): number => perPage[Math.min(perPage.length - 1, Math.floor(share * perPage.length))]!;
  say("a page in its child, by the clock, p5", at(0.05), "ms");
  say("a page in its child, by the clock, p50", at(0.5), "ms");
  say("a page in its child, by the clock, p95", at(0.95), "ms");
  say("most memory of a child", peakMb(run), "MB");
  say("writing the result, by the clock", run.writeMs / run.pages, "ms/page");
  say("memory of the parent at the end", run.ownRssBytes / MB, "MB");
}

/** A page that is refused costs less: the figures would not be those of reading. */
function requireRead(run: ReadingRun): void {
  if (run.read < run.pages) throw new InkformError("internal", `${run.pages - run.read} of ${run.pages} clean pages were refused.`);
}

function peakMb(run: ReadingRun): number {
  return Math.round(Math.max(...run.costs.map(({ peakRssBytes }) => peakRssBytes)) / MB);
}

async function measurePhotos(
  made: MadePages,
  { photos, model, report }: { photos: number; model: Uint8Array; report: Report },
): Promise<void> {
  // In this process, one after another; the first reading starts the code reader and the model, so one more is read and not counted.
  const run = await measureReading([made.paths.at(-1)!, ...made.paths], { count: photos + 1, threads: 1, model });
  requireRead(run);
  const times = run.costs.slice(1).map(({ stages }) => stages.reduce((sum, { wallMs }) => sum + wallMs, 0) / 1000);
  const cpu = run.costs.slice(1).map(({ stages }) => stages.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000);
  const say = (figure: string, value: number): void =>
    report({ figure: `one 12 megapixel photograph, ${figure}`, value: round(value), unit: "s", ...nothing });
  say("by the clock, median", median(times));
  say("by the clock, most", Math.max(...times));
  say("processor time, median", median(cpu));
  console.error(`\none 12 megapixel photograph\n${stageTable(run)}`);
}

function describeRun(run: ReadingRun): string {
  const children = [...new Set(run.costs.map(({ pid }) => pid))];
  const rows = [1, 10, 20, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]
    .filter((page) => page <= run.pages)
    .map((page) => {
      const done = run.costs.slice(0, page);
      const memory = children.map((pid) => {
        const rss = done.findLast((cost) => cost.pid === pid)?.rssBytes;
        return rss === undefined ? "-" : (rss / MB).toFixed(0);
      });
      return [String(page), ...memory, ((60_000 * page) / done.at(-1)!.atMs).toFixed(0)];
    });
  const curve = markdownTable(["pages", ...children.map((_, i) => `child ${i + 1}, MB`), "pages/min so far"], rows);
  return `\n${stageTable(run)}\n\n${curve}\n`;
}

function stageTable(run: ReadingRun): string {
  const rows = shareStages(run).map(({ stage, cpuMs, wallMs, share }) => [
    stage,
    cpuMs.toFixed(1),
    wallMs === null ? "" : wallMs.toFixed(1),
    `${(100 * share).toFixed(1)} %`,
  ]);
  return markdownTable(["stage", "processor ms/page", "clock ms, median", "share"], rows);
}
