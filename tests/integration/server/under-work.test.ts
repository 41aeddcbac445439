import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { datasetViewSchema } from "../../../lib/contracts/datasets.ts";
import { type GlyphDetail, glyphDetailSchema, glyphPageSchema, type RecordLabels } from "../../../lib/contracts/review.ts";
import { nextItemsSchema } from "../../../lib/contracts/review-queue.ts";
import { runViewSchema } from "../../../lib/contracts/runs.ts";
import { type Filled, fillServer } from "../../../scripts/bench/latency/busy-server.ts";
import { makeScans } from "../../../scripts/bench/latency/make-scans.ts";
import { startEmptyServer, type TestServer } from "../../support/start-server.ts";

interface Tab {
  readonly reviewer: string;
  readonly session: string;
  /** Handed out and not decided. */
  readonly waiting: string[];
}

/** One decision. */
interface DecisionRequest {
  readonly glyphId: string;
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
    const scans = await makeScans(3, 150);
    server = await startEmptyServer();
    filled = await fillServer(server.url, scans, { mnist: false });
  });
  afterAll(() => server.stop());

  // How fast it answers is measured by `npm run bench -- latency`. Times on the wall are also other programs': here it is the processor time of the thread that answers, from
  // a question to its answer. What it did besides is in there, and a page that it read itself would be.
  it("answers while it reads pages and trains, and does none of that in between", async () => {
    const routes = Object.values(filled.routes);
    const idle = await askInTurn(routes, (asked) => asked < 4 * routes.length);
    const work = await filled.startWork();
    const before = readChildSeconds(server.pid);
    // As many, and until the children have done something worth to be waited for.
    const busy = await askInTurn(routes, (asked) => asked < 4 * routes.length || readChildSeconds(server.pid) < before + 2);
    const { pages, epochs } = await work.stop();
    expect(pages).toBeGreaterThan(0);
    expect(epochs).toBeGreaterThan(0);
    // Reading one page would be thirty times what most answers take.
    expect(quantileOf(busy, 0.95), JSON.stringify({ idle, busy })).toBeLessThan(10 * quantileOf(idle, 0.95));
  }, 700_000);

  /** Asks one after the other. @returns seconds of the answering thread for each */
  async function askInTurn(routes: readonly string[], goOn: (asked: number) => boolean): Promise<number[]> {
    const seconds: number[] = [];
    while (goOn(seconds.length)) {
      const start = readThreadSeconds(server.pid);
      const answer = await fetch(server.url + routes[seconds.length % routes.length]);
      await answer.arrayBuffer();
      expect(answer.status).toBe(200);
      seconds.push(readThreadSeconds(server.pid) - start);
    }
    return seconds;
  }

  it("loses no acknowledged decision of 500 fast ones to kill -9 and cut connections, and records none twice when all are sent again", async () => {
    const tabs = [0, 1, 2, 3].map((n): Tab => ({ reviewer: `reviewer ${n}`, session: randomUUID(), waiting: [] }));
    const requests: DecisionRequest[] = [];
    const send = async (request: DecisionRequest): Promise<void> => {
      await call("/collections/mine/labels", request.body);
      request.acknowledged = true;
    };
    /** Decides until the server is gone or 500 decisions have been made by all; every tenth request is cut off as soon as it is written. */
    const review = async (tab: Tab): Promise<void> => {
      for (;;) {
        if (tab.waiting.length === 0) {
          const body = { reviewer: tab.reviewer, session: tab.session, order: "random", count: 20 };
          const answer = await call("/collections/mine/review/next", body).catch(() => null);
          if (answer === null) return;
          tab.waiting.push(
            ...nextItemsSchema
              .parse(answer)
              .items.filter(({ id }) => requests.every(({ glyphId }) => glyphId !== id))
              .map(({ id }) => id),
          );
          if (tab.waiting.length === 0) return;
        }
        // Looked at where nothing is waited for until the request is among them: meanwhile another tab may have made the last one.
        if (requests.length === 500) return;
        const glyphId = tab.waiting.shift()!;
        const labels = [{ clientId: randomUUID(), glyphId, kind: "class" as const, value: String(requests.length % 10) }];
        const request: DecisionRequest = { glyphId, body: { reviewer: tab.reviewer, session: tab.session, labels }, acknowledged: false };
        const cut = requests.push(request) % 10 === 0;
        const sent = cut ? sendAndCut(server.port, request.body) : send(request);
        if (
          await sent.then(
            () => false,
            () => true,
          )
        )
          return;
      }
    };

    let reviewing = Promise.all(tabs.map(review));
    await expect
      .poll(() => requests.filter(({ acknowledged }) => acknowledged).length, { timeout: 180_000, interval: 5 })
      .toBeGreaterThan(200);
    await server.kill();
    await reviewing;
    expect(requests.length).toBeLessThan(500);
    await server.restart();
    // What is there twice by now is so at the end too, where each is looked at.
    const { glyphs } = glyphPageSchema.parse(await call("/collections/mine/glyphs?state=reviewed&limit=1000"));
    const labels = new Map(glyphs.map(({ id, label }) => [id, label]));
    for (const { glyphId, body, acknowledged } of requests)
      expect(acknowledged ? [body.labels[0].value] : [body.labels[0].value, undefined]).toContain(labels.get(glyphId));
    // The tabs go on with what they hold, and what was not acknowledged is sent again; in the end everything is.
    reviewing = Promise.all(tabs.map(review));
    for (const request of requests.filter(({ acknowledged }) => !acknowledged)) await send(request);
    await reviewing;
    expect(requests).toHaveLength(500);
    for (const { reviewer, session } of tabs) {
      const labels = requests.filter(({ body }) => body.session === session).flatMap(({ body }) => body.labels);
      await call("/collections/mine/labels", { reviewer, session, labels });
    }
    expect(await countLabels(requests)).toEqual(new Map(requests.map(({ body }) => [body.labels[0].clientId, 1])));
    // No glyph was with two people.
    expect(new Set(requests.map(({ glyphId }) => glyphId)).size).toBe(500);
  }, 700_000);

  it("goes on with a training after kill -9, to its end, with no epoch missing or twice", async () => {
    const { id: dataset } = datasetViewSchema.parse(await call("/collections/mine/datasets", { includeAgreeing: true, testFraction: 0 }));
    const settings = { hidden: [128], epochs: 20, batch: 1, rate: 0.001 };
    const { id } = runViewSchema.parse(await call("/collections/mine/runs", { dataset, settings }));
    const view = async () => runViewSchema.parse(await call(`/runs/${id}`));
    await expect.poll(async () => (await view()).curve.at(-1)?.epoch ?? 0, { timeout: 240_000, interval: 50 }).toBeGreaterThan(7);
    await server.kill();
    await server.restart();
    expect((await view()).state).not.toBe("failed");
    await expect.poll(async () => (await view()).state, { timeout: 400_000, interval: 200 }).toBe("done");
    const run = await view();
    expect(run).toMatchObject({ modelReady: true, failure: null });
    const epochs = run.curve.filter(({ epoch, trainError }) => trainError !== null && Number.isInteger(epoch)).map(({ epoch }) => epoch);
    expect(epochs).toEqual(Array.from({ length: settings.epochs }, (_, i) => i + 1));
  }, 700_000);

  /** How often each clientId stands among the labels of these glyphs. */
  async function countLabels(requests: readonly DecisionRequest[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const { glyphId } of requests)
      for (const { clientId } of (await readGlyph(glyphId)).labels)
        if (clientId !== null) counts.set(clientId, (counts.get(clientId) ?? 0) + 1);
    return counts;
  }
});

/** The value that a share `q` does not pass (nearest rank). */
function quantileOf(values: readonly number[], q: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(q * values.length) - 1];
}

/** Processor time of a process's first thread, or of all its threads, from /proc (proc(5)). */
function readThreadSeconds(pid: number, file = `/proc/${pid}/task/${pid}/stat`): number {
  // After the name in brackets the state is the third field; utime and stime are the 14th and 15th, in hundredths.
  const fields = readFileSync(file, "utf8").split(") ").at(-1)!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Processor time of all threads of a process's running children. */
function readChildSeconds(pid: number): number {
  const ids = execFileSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" })
    .trim()
    .split(/\s+/)
    .map(Number);
  return ids.reduce((sum, id) => sum + readThreadSeconds(id, `/proc/${id}/stat`), 0);
}

/** Sends a request and breaks the connection before an answer can come. */
function sendAndCut(port: number, labels: RecordLabels): Promise<void> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(labels);
    const socket = connect(port, "127.0.0.1", () => {
      const head = `POST /api/collections/mine/labels HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
      socket.write(head + body, () => {
        socket.destroy();
        resolve();
      });
    });
    socket.on("error", reject);
  });
}
