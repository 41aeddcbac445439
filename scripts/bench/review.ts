import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { glyphOrderSchema } from "../../lib/contracts/review.ts";
import type { Next } from "../../lib/contracts/review-queue.ts";
import { InkformError } from "../../lib/core/inkform-error.ts";
import { Rng } from "../../lib/core/rng.ts";
import { parseArguments, parseNumber, UsageError } from "../support/command-line.ts";
import { startServer, type TestServer } from "../support/start-server.ts";
import { type Bench, type Report, round } from "./bench-line.ts";
import { describeLoad, describeMachine } from "./describe-machine.ts";
import { probe, quantile, type Sample } from "./latency/probe.ts";
import { checkRecords } from "./review/check-records.ts";
import { BENCH_SLUG } from "./review/fill-collection.ts";
import { prepareCollection } from "./review/prepare-collection.ts";
import { type ReviewerRun, runReviewer } from "./review/scripted-reviewer.ts";
import { watchGroup } from "./review/watch-group.ts";

const MB = 2 ** 20;
const nothing = { against: null, ratio: null };

const USAGE = `usage: npm run --silent bench -- review [--glyphs 1000000] [--reviewers 10] [--minutes 10] [--rate 120] [--order queue] [--data FOLDER]

--rate   Decisions a minute of each reviewer; 0: the next one as soon as the last is saved.
--order  Of the glyphs handed out.
--data   Keeps the database in that folder, and takes it from there the next time.

On the embedded database, or on the PostgreSQL server of DATABASE_URL, which must name an empty database, or one that this bench has filled.`;

/** A review by several people at once of a large collection, over HTTP against the built server. */
export const review: Bench = {
  about: "saves and next items of 10 reviewers at once among 1,000,000 glyphs; nothing lost or doubled; memory",
  needs: [],
  startsApp: true,
  takesOptions: true,
  async run(report, args) {
    const text = { type: "string" } as const;
    const options = { glyphs: text, reviewers: text, minutes: text, rate: text, order: text, data: text };
    const { values } = parseArguments(args, options, { usage: USAGE });
    const number = (name: keyof typeof values, usual: number, high: number, whole = true): number =>
      parseNumber(name, values[name] ?? String(usual), { low: name === "rate" ? 0 : whole ? 1 : 0.1, high, whole });
    const order = glyphOrderSchema.safeParse(values.order ?? "queue");
    if (!order.success) throw new UsageError(`--order must be one of ${glyphOrderSchema.options.join(", ")}.`);
    const settings = {
      glyphs: number("glyphs", 1_000_000, 10_000_000),
      reviewers: number("reviewers", 10, 100),
      minutes: number("minutes", 10, 600, false),
      rate: number("rate", 120, 6000),
      order: order.data,
    };
    const folder = values.data ?? (await mkdtemp(join(tmpdir(), "inkform-review-")));
    try {
      console.error(`${describeMachine()}; load average ${describeLoad()} at the start`);
      const startedAt = performance.now();
      const made = await prepareCollection(folder, settings.glyphs);
      if (made)
        console.error(`${settings.glyphs.toLocaleString("en")} glyphs made in ${Math.round((performance.now() - startedAt) / 1000)} s`);
      await measure(folder, settings, report);
      console.error(`load average ${describeLoad()} at the end`);
    } finally {
      if (values.data === undefined) await rm(folder, { recursive: true, force: true });
    }
  },
};

interface Settings {
  readonly glyphs: number;
  readonly reviewers: number;
  readonly minutes: number;
  readonly rate: number;
  readonly order: Next["order"];
}

async function measure(folder: string, settings: Settings, report: Report): Promise<void> {
  const server = await startServer({
    INKFORM_DATA: folder,
    ...(process.env.DATABASE_URL !== undefined && { DATABASE_URL: process.env.DATABASE_URL }),
  });
  let runs: ReviewerRun[];
  try {
    const routes = {
      "collection's counts": `/api/collections/${BENCH_SLUG}`,
      "first 300 of the queue with their number": `/api/collections/${BENCH_SLUG}/glyphs?limit=300`,
      "the same of one class, the odd ones first": `/api/collections/${BENCH_SLUG}/glyphs?limit=300&order=odd&label=3`,
      "the quality page": `/api/collections/${BENCH_SLUG}/quality`,
    };
    const samples = await probe({ url: server.url, routes, seconds: 8, everyMs: 200 });
    for (const route of Object.keys(routes))
      sayTimes(
        report,
        route,
        samples.filter((sample) => sample.route === route),
      );
    runs = await runReview(server, settings, report);
  } catch (error) {
    console.error(`the server's last words:\n${server.output().slice(-2000)}`);
    throw error;
  } finally {
    await server.stop();
  }
  const { lost, doubled, shared, miscounted } = await checkRecords(folder, runs);
  const say = (figure: string, value: number): void => report({ figure, value, unit: "1", ...nothing });
  say("acknowledged labels that are not in the database", lost);
  say("labels in the database twice, or that nobody sent", doubled);
  say("glyphs with decisions by two people", shared);
  say("kinds of glyphs whose kept count is not what counting gives", miscounted);
  if (lost + doubled + shared + miscounted > 0)
    throw new InkformError("internal", "The review lost or doubled something: see the figures above.");
}

async function runReview(server: TestServer, { reviewers, minutes, rate, order }: Settings, report: Report): Promise<ReviewerRun[]> {
  const group = watchGroup(server.pid);
  const startedAt = performance.now();
  const until = startedAt + minutes * 60_000;
  const runs = await Promise.all(
    Array.from({ length: reviewers }, (_, i) =>
      runReviewer({
        ...{ url: server.url, slug: BENCH_SLUG, reviewer: `reviewer ${i + 1}`, order, until, rng: new Rng(i + 1) },
        everyMs: rate === 0 ? 0 : 60_000 / rate,
      }),
    ),
  );
  const took = (performance.now() - startedAt) / 60_000;
  const samples = runs.flatMap((run) => run.samples);
  for (const [route, name] of Object.entries(ROUTES))
    sayTimes(
      report,
      name,
      samples.filter((sample) => sample.route === route),
    );
  const decisions = runs.reduce((sum, run) => sum + run.decisions, 0);
  report({ figure: `decisions a minute of ${reviewers} reviewers`, value: round(decisions / took), unit: "1/min", ...nothing });
  report({
    figure: "requests sent again after a broken connection",
    value: runs.reduce((sum, run) => sum + run.again, 0),
    unit: "1",
    ...nothing,
  });
  const { firstBytes, mostBytes, cpuMs } = group.stop();
  if (mostBytes > 0) {
    report({ figure: "memory of the server before the review", value: Math.round(firstBytes / MB), unit: "MB", ...nothing });
    report({
      figure: "processor time of the server for one decision, the next items and images in it",
      value: round(cpuMs / decisions),
      unit: "ms",
      ...nothing,
    });
    report({ figure: "memory of the server, most", value: Math.round(mostBytes / MB), unit: "MB", ...nothing });
  }
  return runs;
}

const ROUTES = {
  save: "save",
  next: "next items, asked for while 20 are left",
  images: "their images",
  wait: "wait for the next item after a key",
};

function sayTimes(report: Report, figure: string, samples: readonly Sample[]): void {
  for (const [name, q] of [
    ["p50", 0.5],
    ["p95", 0.95],
    ["max", 1],
  ] as const)
    report({ figure: `${figure}, ${name}`, value: round(quantile(samples, q)), unit: "ms", ...nothing });
}
