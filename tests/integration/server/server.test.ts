import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectionViewSchema } from "../../../lib/contracts/collections.ts";
import { problemSchema } from "../../../lib/contracts/common.ts";
import { type ScanView, scanViewSchema, type UploadResult, uploadResultSchema } from "../../../lib/contracts/scans.ts";
import { startEmptyServer, type TestServer } from "../../support/start-server.ts";

/** A page on which nothing can be found: read in well under a second, and no two are equal. */
async function makeBlankPage(): Promise<Buffer> {
  const noise = randomBytes(1);
  return sharp({ create: { width: 400 + noise[0], height: 500, channels: 3, background: "#fff" } })
    .withMetadata({ exif: { IFD0: { Software: randomBytes(8).toString("hex") } } })
    .jpeg()
    .toBuffer();
}

describe("the built server", () => {
  let server: TestServer;
  const api = (path: string, init?: RequestInit): Promise<Response> => fetch(`${server.url}/api${path}`, init);
  const upload = async (name: string, bytes: Uint8Array): Promise<UploadResult> => {
    const answer = await api(`/collections/mine/scans?name=${encodeURIComponent(name)}`, {
      method: "POST",
      body: bytes as Uint8Array<ArrayBuffer>,
    });
    const body: unknown = await answer.json();
    if (answer.status !== 201) throw new Error(JSON.stringify(body));
    return uploadResultSchema.parse(body);
  };
  const listScans = async (): Promise<ScanView[]> =>
    ((await (await api("/collections/mine/scans")).json()) as { scans: unknown[] }).scans.map((scan) => scanViewSchema.parse(scan));
  const problemOf = async (answer: Response) => problemSchema.parse(await answer.json());

  beforeAll(async () => {
    server = await startEmptyServer();
  });
  afterAll(() => server.stop());

  it("has a first collection, makes others, and refuses a taken name", async () => {
    const { collections } = (await (await api("/collections")).json()) as { collections: unknown[] };
    expect(collections.map((one) => collectionViewSchema.parse(one))).toMatchObject([
      { slug: "mine", name: "My collection", counts: { scans: 0, glyphs: 0 } },
    ]);
    const post = () =>
      api("/collections", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ slug: "second", name: "Second" }),
      });
    expect((await post()).status).toBe(201);
    expect(await problemOf(await post())).toMatchObject({ status: 409, code: "conflict" });
    expect(await problemOf(await api("/collections/none"))).toMatchObject({ status: 404 });
  });

  it("refuses other names, other origins and unknown keys", async () => {
    const { status, body } = await rawGet(server.port, "/api/health", "evil.example");
    expect([status, problemSchema.parse(JSON.parse(body)).code]).toEqual([403, "forbidden"]);
    const foreign = await api("/collections", {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://evil.example" },
      body: "{}",
    });
    expect(foreign.status).toBe(403);
    expect(await problemOf(await api("/collections?page=2"))).toMatchObject({
      status: 400,
      detail: expect.stringContaining("page") as string,
    });
    const text = await api("/collections", { method: "POST", headers: { "content-type": "text/plain" }, body: '{"slug":"a","name":"A"}' });
    expect(await problemOf(text)).toMatchObject({ status: 400 });
    const huge = await api("/collections", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"slug":"${"a".repeat(3_000_000)}"}`,
    });
    expect(await problemOf(huge)).toMatchObject({ status: 413, code: "too-large" });
  });

  it("sends headers that give SharedArrayBuffer and keep others out", async () => {
    const { headers } = await fetch(server.url);
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("takes the same file once, also in twelve requests at once", async () => {
    const bytes = await makeBlankPage();
    const answers = await Promise.all(Array.from({ length: 12 }, (_, i) => upload(`page ${i}.jpg`, bytes)));
    expect(new Set(answers.map(({ scanId }) => scanId)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(answers[0].sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect((await listScans()).filter(({ id }) => id === answers[0].scanId)).toHaveLength(1);
  });

  it("stores a photograph without its location, and knows it again", async () => {
    const bytes = await sharp({ create: { width: 300, height: 300, channels: 3, background: "#eee" } })
      .withMetadata({ exif: { IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 12/1" } } })
      .jpeg()
      .toBuffer();
    const first = await upload("photo.jpg", bytes);
    expect(first.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(existsSync(blobPath(first.sha256))).toBe(false);
    expect(await upload("again.jpg", bytes)).toMatchObject({ scanId: first.scanId, duplicate: true });
  });

  it("refuses what is no picture, empty or too large, and stores nothing of it", async () => {
    const before = (await listScans()).length;
    const post = (name: string, body: string) => api(`/collections/mine/scans?name=${name}`, { method: "POST", body });
    expect(await problemOf(await post("notes.png", "just text"))).toMatchObject({
      status: 415,
      detail: expect.stringContaining("notes.png") as string,
    });
    expect(await problemOf(await post("empty.png", ""))).toMatchObject({ status: 422, detail: expect.stringContaining("empty") as string });
    const { status, body } = await announce(server.port, "/api/collections/mine/scans?name=huge.pdf", 300 * 2 ** 20);
    expect([status, problemSchema.parse(JSON.parse(body)).code]).toEqual([413, "too-large"]);
    expect((await listScans()).length).toBe(before);
    expect(await readdir(join(server.dataFolder, "blobs", "tmp"))).toEqual([]);
  });

  it("stores nothing of an upload that breaks off", async () => {
    const before = (await listScans()).length;
    await breakOff(server.port, "/api/collections/mine/scans?name=cut.jpg");
    await expect.poll(() => readdir(join(server.dataFolder, "blobs", "tmp")), { timeout: 180_000 }).toEqual([]);
    expect((await listScans()).length).toBe(before);
  });

  it("deletes a scan with its blob", async () => {
    const { scanId, sha256 } = await upload("gone.jpg", await makeBlankPage());
    expect(existsSync(blobPath(sha256))).toBe(true);
    expect((await api(`/scans/${scanId}`, { method: "DELETE" })).status).toBe(204);
    expect(await problemOf(await api(`/scans/${scanId}`))).toMatchObject({ status: 404 });
    expect(existsSync(blobPath(sha256))).toBe(false);
  });

  const acknowledged: UploadResult[] = [];
  /** Uploads one page after the other, kills the server when a few were acknowledged, starts it again, and looks for all that were acknowledged until then. */
  async function killWhileUploading(round: number): Promise<void> {
    const before = acknowledged.length;
    const pages = await Promise.all(Array.from({ length: 10 }, makeBlankPage));
    const uploading = (async () => {
      for (const [i, page] of pages.entries()) {
        const answer = await upload(`batch ${round}-${i}.jpg`, page).catch(() => null);
        if (answer === null) return;
        acknowledged.push(answer);
      }
    })();
    await expect.poll(() => acknowledged.length, { timeout: 180_000, interval: 5 }).toBeGreaterThan(before + 3);
    await server.kill();
    await uploading;
    await server.restart();
    const scans = new Set((await listScans()).map(({ id }) => id));
    for (const { scanId, sha256 } of acknowledged) {
      expect(scans.has(scanId)).toBe(true);
      expect(
        createHash("sha256")
          .update(await readFile(blobPath(sha256)))
          .digest("hex"),
      ).toBe(sha256);
    }
  }

  it("loses no acknowledged scan to kill -9 in the middle of uploads", () => killWhileUploading(0));

  // The second kill in the middle of uploads is one in the middle of a file, too.
  it("reads them after the restart, and goes on with the pages of a file that are missing, none stored twice", async () => {
    const cards = await api("/collections/mine/cards", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ template: "digits", copies: 3 }),
    });
    expect(cards.headers.get("content-type")).toBe("application/pdf");
    const { scanId } = await upload("three cards.pdf", new Uint8Array(await cards.arrayBuffer()));
    const pages = async () => scanViewSchema.parse(await (await api(`/scans/${scanId}`)).json()).pages;
    await expect.poll(async () => (await pages()).length, { timeout: 180_000, interval: 100 }).toBeGreaterThan(0);
    await killWhileUploading(1);
    const before = await pages();
    expect(before.length).toBeGreaterThan(0);
    await expect.poll(async () => (await pages()).length, { timeout: 180_000, interval: 200 }).toBe(3);
    const after = await pages();
    expect(after.map(({ number, state, template }) => [number, state, template])).toEqual(
      [1, 2, 3].map((number) => [number, "read", "digits"]),
    );
    expect(after.slice(0, before.length).map(({ id }) => id)).toEqual(before.map(({ id }) => id));

    const ids = new Set(acknowledged.map(({ scanId }) => scanId));
    const own = async () => (await listScans()).filter(({ id }) => ids.has(id));
    await expect
      .poll(async () => (await own()).filter(({ state }) => state !== "done").length, { timeout: 180_000, interval: 200 })
      .toBe(0);
    for (const scan of await own()) expect(scan.pages).toHaveLength(1);
    expect(acknowledged.length).toBeGreaterThan(7);
  });

  const blobPath = (sha256: string): string => join(server.dataFolder, "blobs", sha256.slice(0, 2), sha256.slice(2));
});

/** fetch does not let one choose the Host. */
function rawGet(port: number, path: string, host: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", path, headers: { host } }, (answer) => {
      let body = "";
      answer.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body }));
    })
      .on("error", reject)
      .end();
  });
}

/** Announces a body of `bytes` and sends a little of it. */
function announce(port: number, path: string, bytes: number): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sending = request({ port, host: "127.0.0.1", path, method: "POST", headers: { "content-length": String(bytes) } }, (answer) => {
      let body = "";
      answer.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      answer.on("end", () => {
        sending.destroy();
        resolve({ status: answer.statusCode ?? 0, body });
      });
    });
    sending.on("error", reject);
    sending.write("%PDF-1.7 ");
  });
}

function breakOff(port: number, path: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 1000000\r\n\r\n\xff\xd8\xff`, "latin1", () => {
        setTimeout(() => {
          socket.destroy();
          resolve();
        }, 300);
      });
    });
  });
}
