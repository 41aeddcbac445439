import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { qualityViewSchema } from "../../lib/contracts/quality.ts";
import { glyphQuerySchema, recordLabelsSchema } from "../../lib/contracts/review.ts";
import { getGlyph } from "../../lib/server/services/glyphs/get-glyph.ts";
import { listGlyphs } from "../../lib/server/services/glyphs/list-glyphs.ts";
import { putGold } from "../../lib/server/services/gold/put-gold.ts";
import { recordLabels } from "../../lib/server/services/labels/record-labels.ts";
import { createAudit } from "../../lib/server/services/quality/create-audit.ts";
import { getQuality } from "../../lib/server/services/quality/get-quality.ts";
import { handleFuseCollection } from "../../lib/server/services/quality/run-fuse-collection.ts";
import { startFusion } from "../../lib/server/services/quality/start-fusion.ts";
import { insertGlyphs, type TestGlyph } from "../support/insert-glyphs.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";
import { waitForJobs } from "../support/wait-for-jobs.ts";

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build-threads.mjs"], { stdio: "inherit" });
});

describe.each(DATABASES)("label quality on the %s database", (database) => {
  let runtime: TestRuntime;
  const ids: string[] = [];
  beforeAll(async () => {
    runtime = await openTestRuntime({ database, registrations: (r) => [handleFuseCollection(r)] });
    // 40 fields; the last one's writer left out the third character, and on one glyph the model differs from the prompt.
    for (let f = 0; f < 40; f++) {
      const prompt = [..."3141592653"];
      const glyphs = prompt.map((c, j): TestGlyph => {
        if (f < 39) return { prompt: c, writer: `w${f % 5}`, prediction: f === 7 && j === 4 ? "8" : c };
        const written = j < 2 ? c : prompt[j + 1];
        return written === undefined ? { prompt: c, status: "blank", writer: "w4" } : { prompt: c, prediction: written, writer: "w4" };
      });
      ids.push(...(await insertGlyphs(runtime, glyphs)));
    }
    await say(
      "anna",
      ids.filter((_, n) => n % 10 !== 9 && n < 390).map((glyphId, n) => ({ glyphId, value: [..."314159265"][n % 9] })),
    );
  });
  afterAll(() => runtime.remove());

  async function say(reviewer: string, labels: readonly { glyphId: string; value: string }[]): Promise<void> {
    for (let from = 0; from < labels.length; from += 1000) {
      const part = labels.slice(from, from + 1000).map((label) => ({ ...label, kind: "class" as const, clientId: randomUUID() }));
      await recordLabels(runtime, "test", recordLabelsSchema.parse({ reviewer, labels: part }));
    }
  }
  async function estimate() {
    await startFusion(runtime, "test");
    await startFusion(runtime, "test");
    expect(
      await runtime.database.client.job.count({ where: { kind: "fuse-labels", state: { in: ["queued", "running"] } } }),
    ).toBeLessThanOrEqual(1);
    await waitForJobs(runtime);
    const view = await getQuality(runtime.database.client, "test");
    expect(view.job).toBeNull();
    return qualityViewSchema.parse(view);
  }
  const detail = (id: string, blind = false) => getGlyph(runtime.database.client, id, { blind });
  const list = (query: object) => listGlyphs(runtime, "test", glyphQuerySchema.parse(query));

  it("has no estimate before one was asked for, and none of a collection that is not there", async () => {
    expect(await getQuality(runtime.database.client, "test")).toMatchObject({ fusion: null, job: null, audits: [] });
    expect((await list({ order: "doubt", state: "all" })).glyphs).toEqual([]);
    await expect(getQuality(runtime.database.client, "nobody")).rejects.toMatchObject({ code: "not-found" });
  });

  it("estimates glyphs, sources and slips, and puts the doubtful ones first", async () => {
    const { fusion, newLabels } = await estimate();
    expect(newLabels).toBe(0);
    const { summary } = fusion!;
    expect(summary).toMatchObject({ glyphs: 399, labelled: 399, converged: true });
    expect(summary.sources.map(({ name, kind, votes }) => [name, kind, votes])).toEqual([
      ["model starter, fairly sure", "model", 399],
      ["anna", "person", 351],
      ["prompt", "prompt", 399],
    ]);
    for (const { accuracy } of summary.sources) expect(accuracy).toBeGreaterThan(0.95);
    expect(summary.slips).toHaveLength(1);
    expect(summary.slips[0].field).toBe("r01");
    expect(summary.expectedErrors).toBeGreaterThan(4);
    expect(summary.expectedErrors).toBeLessThan(12);
    expect(summary.writers[0].writer).toBe("w4");

    const { glyphs, total } = await list({ order: "doubt", state: "all", limit: 7 });
    expect(total).toBe(399);
    // Behind the left-out character prompt and ink differ in 7 places.
    expect(glyphs.map(({ id }) => ids.indexOf(id)).sort((a, b) => a - b)).toEqual([392, 393, 394, 395, 396, 397, 398]);
    for (const { fused, label } of glyphs) expect(fused!.label).not.toBe(label);
  });

  it("gives each glyph's whole posterior, as it was when it was estimated", async () => {
    for (const id of [ids[0], ids[9], ids[74], ids[392], ids[398]]) {
      const { posterior, fused } = await detail(id);
      const [best, ...others] = posterior!.classes;
      expect(best.label).toBe(fused!.label);
      expect(best.probability).toBeCloseTo(fused!.probability, 6);
      expect(others.every(({ probability }) => probability >= 0.001 && probability <= best.probability)).toBe(true);
      expect([best, ...others].reduce((sum, { probability }) => sum + probability, posterior!.rest)).toBeCloseTo(1, 12);
    }
    // Where the model reads something else than the card and anna say, without her it is less sure.
    const [heard, blind] = [await detail(ids[74]), await detail(ids[74], true)];
    expect(heard.posterior!.classes[0].label).toBe("5");
    expect(blind.posterior!.classes.find(({ label }) => label === "5")!.probability).toBeLessThan(heard.posterior!.classes[0].probability);
    // What is said later is in the next estimate.
    await say("dora", [{ glyphId: ids[74], value: "8" }]);
    expect((await detail(ids[74])).posterior).toEqual(heard.posterior);
    await runtime.database.client.label.deleteMany({ where: { by: "dora" } });
  });

  it("pages through the doubtful ones without repeating or leaving out any", async () => {
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await list({ order: "doubt", state: "all", limit: 90, ...(cursor && { cursor }) });
      seen.push(...page.glyphs.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(399);
    expect(new Set(seen).size).toBe(399);
    await expect(list({ order: "doubt", cursor: "mismatch.x" })).rejects.toMatchObject({ code: "invalid-argument" });
  });

  it("counts labels that came later, and measures agreement of two reviewers", async () => {
    await say(
      "ben",
      ids.slice(0, 9).map((glyphId, n) => ({ glyphId, value: n === 0 ? "8" : [..."314159265"][n] })),
    );
    expect((await getQuality(runtime.database.client, "test")).newLabels).toBe(9);
    const { summary } = (await estimate()).fusion!;
    expect(summary.pairs).toMatchObject([{ first: "anna", second: "ben", glyphs: 9, agreed: 8 }]);
    expect(summary.pairs[0].kappa).toBeGreaterThan(0.8);
    expect(summary.kappa).toBeGreaterThan(0.8);
    // The first of nine is the only one they differ on: anna's 3 and ben's 8.
    expect(summary.agreementByClass.slice(0, 2)).toMatchObject([
      { label: "3", glyphs: 1, agreed: 0 },
      { label: "8", glyphs: 1, agreed: 0 },
    ]);
    expect(summary.agreementByClass.slice(2).every(({ glyphs, agreed, kappa }) => glyphs === agreed && kappa === 1)).toBe(true);
    expect(summary.agreementByWriter.reduce((sum, { glyphs }) => sum + glyphs, 0)).toBe(9);
    expect(summary.agreementByWriter[0].agreed).toBe(summary.agreementByWriter[0].glyphs - 1);
  });

  it("bounds the errors left by a random sample that a person looks through", async () => {
    const audit = await createAudit(runtime, "test", { size: 50 });
    expect(audit).toMatchObject({ population: 399, size: 50, checked: 0, wrong: 0, bound: 1, checksToTarget: 399 });
    const open = await list({ audit: audit.id, limit: 100 });
    expect(open.total).toBe(50);
    // 20 found right, one found wrong.
    const looked = open.glyphs.slice(0, 21).map((glyph, n) => ({ glyphId: glyph.id, value: n === 20 ? "x" : glyph.label! }));
    await say("carla", looked);
    const [now] = (await getQuality(runtime.database.client, "test")).audits;
    expect(now).toMatchObject({ checked: 21, wrong: 1 });
    expect(now.bound).toBeCloseTo(0.207, 3);
    expect((await list({ audit: audit.id })).total).toBe(29);
    expect((await list({ audit: audit.id, state: "reviewed" })).total).toBe(21);
    await expect(list({ audit: "nothing" })).rejects.toMatchObject({ code: "not-found" });
  });

  it("shows a gold item blind with the estimate of a glyph that nobody has decided", async () => {
    const [gold, plain] = [ids[29], ids[19]];
    await putGold(runtime, "test", { glyphId: gold, truth: "8", reviewer: "boss" });
    await estimate();
    const [shown, other] = [await detail(gold, true), await detail(plain, true)];
    expect(shown.fused).toEqual(other.fused);
    // Each is estimated with its own field's other glyphs: the same but for what no screen shows.
    expect(shown.posterior!.classes.map(({ label }) => label)).toEqual(other.posterior!.classes.map(({ label }) => label));
    shown.posterior!.classes.forEach(({ probability }, k) => {
      expect(probability).toBeCloseTo(other.posterior!.classes[k].probability, 9);
    });
    expect((await detail(gold)).posterior).not.toEqual(other.posterior);
  });
});
