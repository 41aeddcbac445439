import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { qualityViewSchema } from "../../lib/contracts/quality.ts";
import { glyphQuerySchema } from "../../lib/contracts/review.ts";
import { listGlyphs } from "../../lib/server/services/glyphs/list-glyphs.ts";
import { recordLabels } from "../../lib/server/services/labels/record-labels.ts";
import { getQuality } from "../../lib/server/services/quality/get-quality.ts";
import { handleFindLabelErrors } from "../../lib/server/services/quality/run-find-label-errors.ts";
import { startLabelErrors } from "../../lib/server/services/quality/start-label-errors.ts";
import { insertGlyphs, type TestGlyph } from "../support/insert-glyphs.ts";
import { DATABASES, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";
import { buildStripedSet } from "../support/striped-set.ts";
import { waitForJobs } from "../support/wait-for-jobs.ts";

const CLASSES = ["0", "1", "2", "3"];
/** Places whose labels are made wrong. */
const WRONG = [7, 101, 190];

beforeAll(() => {
  execFileSync(process.execPath, ["scripts/build-threads.mjs"], { stdio: "inherit" });
});

describe.each(DATABASES)("label errors on the %s database", (database) => {
  let runtime: TestRuntime;
  beforeAll(async () => {
    runtime = await openTestRuntime({ database, registrations: (r) => [handleFindLabelErrors(r)] });
  });
  afterAll(() => runtime.remove());

  async function look() {
    await Promise.all([startLabelErrors(runtime, "test"), startLabelErrors(runtime, "test")]);
    await waitForJobs(runtime);
    return qualityViewSchema.parse(await getQuality(runtime.database.client, "test"));
  }

  it("says what it takes where there is too little, then flags the labels that are wrong, changes none, and counts what is left to look at", async () => {
    const none = await look();
    expect(none.labelErrors).toBeNull();
    expect(none.labelErrorsJob).toMatchObject({
      state: "failed",
      failure: expect.stringMatching(/100 labelled glyphs at least, of two writers/) as string,
    });

    const { images, labels } = buildStripedSet(240, { side: 28, classes: CLASSES.length, seed: 1 });
    const glyphs = [...labels].map((label, n): TestGlyph => {
      const prompt = CLASSES[WRONG.includes(n) ? (label + 1) % CLASSES.length : label];
      return { prompt, writer: `w${n % 3}`, image: images.slice(n * 784, (n + 1) * 784) };
    });
    const ids = await insertGlyphs(runtime, glyphs);
    const view = await look();
    expect(await runtime.database.client.job.count({ where: { kind: "find-label-errors" } })).toBe(2);
    const { summary, open } = view.labelErrors!;
    expect(summary).toMatchObject({ examples: 240, writers: 3 });
    expect(open).toBe(summary.flagged);
    const suspects = await listGlyphs(runtime, "test", glyphQuerySchema.parse({ state: "suspect" }));
    const flagged = suspects.glyphs.map(({ id }) => ids.indexOf(id));
    expect(flagged).toEqual(expect.arrayContaining(WRONG));
    // One in a hundred besides at most: 3 wrong of 240 here.
    expect(flagged.length).toBeLessThanOrEqual(WRONG.length + 2);
    const first = await runtime.database.client.glyph.findUniqueOrThrow({ where: { id: ids[WRONG[0]] } });
    expect(first).toMatchObject({ label: glyphs[WRONG[0]].prompt, reviewed: false, suspectLabel: CLASSES[labels[WRONG[0]]] });

    const clientId = crypto.randomUUID();
    await recordLabels(runtime, "test", {
      reviewer: "Ann",
      labels: [{ clientId, glyphId: ids[WRONG[0]], kind: "class", value: CLASSES[labels[WRONG[0]]] }],
    });
    expect((await getQuality(runtime.database.client, "test")).labelErrors?.open).toBe(open - 1);
  });
});
