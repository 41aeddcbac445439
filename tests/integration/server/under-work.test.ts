import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { datasetViewSchema } from "../../../lib/contracts/datasets.ts";
import { type GlyphDetail, glyphDetailSchema, glyphPageSchema, type RecordLabels } from "../../../lib/contracts/review.ts";
import { runViewSchema } from "../../../lib/contracts/runs.ts";
import { type Filled, fillServer } from "../../../scripts/bench/latency/busy-server.ts";
import { makeScans } from "../../../scripts/bench/latency/make-scans.ts";
import { probe, quantile } from "../../../scripts/bench/latency/probe.ts";
import { startServer, type TestServer } from "../../support/start-server.ts";

/** One request of a reviewer: under a name of its own, so that what became of it can be seen in the glyphs. */
interface LabelRequest {
  readonly body: RecordLabels;
  acknowledged: boolean;
}

describe("the built server with three read cards", () => {
  let server: TestServer;
  let filled: Filled;
  const call = async (path: string, body?: unknown): Promise<unknown> => {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(`${server.url}/api${path}`, body === undefined ? {} : init);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const readGlyph = async (id: string): Promise<GlyphDetail> => glyphDetailSchema.parse(await call(`/glyphs/${id}`));

  beforeAll(async () => {
    const scans = await makeScans(3, 200);
    server = await startServer();
    filled = await fillServer(server.url, scans, { mnist: false });
  }, 120_000);
  afterAll(() => server.stop());

  // Tried again: what other programs take of the machine is in the times, and a server that stands still does so each time.
  it("answers while it reads pages and trains", { timeout: 120_000, retry: 2 }, async () => {
    const work = await filled.startWork();
    const samples = await probe({ url: server.url, routes: filled.routes, seconds: 10, everyMs: 100 });
    const { pages, epochs } = await work.stop();
    expect(samples).toHaveLength(100);
    expect(pages).toBeGreaterThan(0);
    expect(epochs).toBeGreaterThan(0);
    // `npm run bench -- latency` measures it; this bound leaves room for a machine that others use as well.
    expect(quantile(samples, 0.95)).toBeLessThan(500);
  });

  it("loses no acknowledged label to kill -9 in the middle of review, and records none twice when all are sent again", async () => {
    const { glyphs } = glyphPageSchema.parse(await call("/collections/mine/glyphs?state=all&limit=60"));
    const requests: LabelRequest[] = [];
    const send = (request: LabelRequest): Promise<unknown> => call("/collections/mine/labels", request.body);
    for (const round of [0, 1]) {
      let sending = true;
      const review = async (reviewer: number): Promise<void> => {
        for (let i = 0; sending; i++) {
          const labels = [0, 1, 2].map((k) => ({
            clientId: randomUUID(),
            // Reviewers overlap, so that requests meet at the same glyphs.
            glyphId: glyphs[(7 * reviewer + 3 * i + k) % glyphs.length].id,
            kind: "class" as const,
            value: String((reviewer + i + k) % 10),
          }));
          const request: LabelRequest = { body: { reviewer: `${round}-${reviewer}-${i}`, labels }, acknowledged: false };
          requests.push(request);
          const answer = await send(request).catch(() => null);
          if (answer === null) return;
          request.acknowledged = true;
        }
      };
      const before = requests.length;
      const reviewers = Promise.all([0, 1, 2, 3].map(review));
      await expect
        .poll(() => requests.slice(before).filter(({ acknowledged }) => acknowledged).length, { timeout: 30_000, interval: 5 })
        .toBeGreaterThan(25);
      await server.kill();
      sending = false;
      await reviewers;
      await server.restart();

      const counts = await countByReviewer(glyphs.map(({ id }) => id));
      for (const { body, acknowledged } of requests) {
        const count = counts.get(body.reviewer) ?? 0;
        if (acknowledged) expect(count).toBe(3);
        else expect([0, 3]).toContain(count);
      }
    }
    for (const request of requests) await send(request);
    const counts = await countByReviewer(glyphs.map(({ id }) => id));
    expect(counts).toEqual(new Map(requests.map(({ body }) => [body.reviewer, 3])));
  }, 180_000);

  it("goes on with a training after kill -9, to its end, with no epoch missing or twice", async () => {
    const { id: dataset } = datasetViewSchema.parse(await call("/collections/mine/datasets", { includeAgreeing: true, testFraction: 0 }));
    const settings = { hidden: [128], epochs: 60, batch: 1, rate: 0.001 };
    const { id } = runViewSchema.parse(await call("/collections/mine/runs", { dataset, settings }));
    const view = async () => runViewSchema.parse(await call(`/runs/${id}`));
    await expect.poll(async () => (await view()).curve.at(-1)?.epoch ?? 0, { timeout: 80_000, interval: 50 }).toBeGreaterThan(15);
    await server.kill();
    await server.restart();
    expect((await view()).state).not.toBe("failed");
    await expect.poll(async () => (await view()).state, { timeout: 150_000, interval: 200 }).toBe("done");
    const run = await view();
    expect(run).toMatchObject({ modelReady: true, failure: null });
    const epochs = run.curve.filter(({ epoch, trainError }) => trainError !== null && Number.isInteger(epoch)).map(({ epoch }) => epoch);
    expect(epochs).toEqual(Array.from({ length: settings.epochs }, (_, i) => i + 1));
  }, 240_000);

  /** How many labels of people the glyphs have, by reviewer. */
  async function countByReviewer(ids: readonly string[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const id of ids)
      for (const { source, by } of (await readGlyph(id)).labels) if (source === "person") counts.set(by, (counts.get(by) ?? 0) + 1);
    return counts;
  }
});
