import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mnistViewSchema } from "../../lib/contracts/datasets.ts";
import { downloadMnist } from "../../lib/server/services/mnist/download-mnist.ts";
import { getMnist } from "../../lib/server/services/mnist/get-mnist.ts";
import { findMnistFile, MNIST_FILES } from "../../lib/server/services/mnist/mnist-files.ts";
import { readMnist } from "../../lib/server/services/mnist/read-mnist.ts";
import { handleMnistDownload } from "../../lib/server/services/mnist/run-mnist-download.ts";
import { startMnistDownload } from "../../lib/server/services/mnist/start-mnist-download.ts";
import { uploadMnistFile } from "../../lib/server/services/mnist/upload-mnist-file.ts";
import { FASTEST, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";

const folder = process.env.MNIST_DIR;
const LABELS = "t10k-labels-idx1-ubyte";

async function waitUntilEnded(runtime: TestRuntime) {
  for (let i = 0; i < 3000; i++) {
    const view = await getMnist(runtime);
    if (view.job !== null && view.job.state !== "queued" && view.job.state !== "running") return view;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the download did not end");
}

describe("MNIST's files", () => {
  let runtime: TestRuntime;
  beforeAll(async () => {
    runtime = await openTestRuntime();
  });
  afterAll(() => runtime.remove());

  it("knows the four by their names", () => {
    expect(findMnistFile("train-images-idx3-ubyte.gz")?.name).toBe("train-images-idx3-ubyte");
    expect(findMnistFile("t10k-labels.idx1-ubyte")?.name).toBe(LABELS);
    expect(findMnistFile("emnist-letters.gz")).toBeNull();
  });

  it("refuses a file with a wrong sum, of another name, damaged, or one that unpacks to more, and stores nothing", async () => {
    const wrong = new Uint8Array(10_008).fill(3);
    const refuse = (name: string, bytes: Uint8Array) => expect(uploadMnistFile(runtime, name, bytes)).rejects;
    await refuse(`${LABELS}.gz`, gzipSync(wrong)).toThrow(
      /this is not MNIST's t10k-labels-idx1-ubyte: its MD5 sum is [0-9a-f]{32} instead of 27ae3e4e09519cfbb04c329615203637\. It was not taken/,
    );
    await refuse(LABELS, wrong).toMatchObject({ code: "invalid-file" });
    await refuse(LABELS, new Uint8Array(0)).toThrow(/0 bytes unpacked instead of 10008/);
    await refuse(`${LABELS}.gz`, gzipSync(wrong).subarray(0, 20)).toThrow(/damaged or cut short/);
    await refuse(`${LABELS}.gz`, gzipSync(new Uint8Array(20_000_000))).toThrow(/unpacks to more than/);
    await refuse("letters.gz", wrong).toThrow(/none of MNIST's files/);
    expect(await getMnist(runtime)).toMatchObject({ ready: false, source: null, job: null });
    expect(await runtime.database.client.mnistFile.count()).toBe(0);
  });

  it("says what to do where the files are missing", async () => {
    await expect(readMnist(runtime, "test")).rejects.toThrow(/is not here yet.*npm run mnist.*MNIST_DIR/);
  });
});

describe("downloading MNIST", () => {
  let mirror: Server;
  let address: string;
  let asked: string[];
  let answer: (name: string) => Uint8Array | number;
  beforeEach(async () => {
    asked = [];
    mirror = createServer((request, response) => {
      const name = (request.url ?? "").slice(1);
      asked.push(name);
      const body = answer(name);
      if (typeof body === "number") response.writeHead(body).end();
      else response.end(body);
    });
    await new Promise<void>((resolve) => mirror.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`;
  });
  afterEach(() => new Promise((resolve) => mirror.close(resolve)));

  it("tries every mirror twice and says what each answered and what to do offline", async () => {
    answer = () => 404;
    const dead = "http://127.0.0.1:9/";
    const download = downloadMnist({ mirrors: [dead, address], store: () => Promise.reject(new Error("nothing to store")) });
    await expect(download).rejects.toMatchObject({ code: "unavailable" });
    await expect(download).rejects.toThrow(/HTTP 404.*upload them on the Datasets page; or start Inkform with MNIST_DIR/);
    expect(asked).toEqual(["train-images-idx3-ubyte.gz", "train-images-idx3-ubyte.gz"]);
  });

  it("takes a wrong sum for a failure of that mirror", async () => {
    answer = () => gzipSync(new Uint8Array(100));
    await expect(downloadMnist({ mirrors: [address], store: () => Promise.reject(new Error("stored")) })).rejects.toThrow(/wrong sum/);
  });

  it("fails as a job with that message, and the site goes on", async () => {
    answer = () => 503;
    const runtime = await openTestRuntime({
      database: FASTEST,
      variables: { INKFORM_MNIST_MIRRORS: address },
      registrations: (r) => [handleMnistDownload(r)],
    });
    try {
      mnistViewSchema.parse(await startMnistDownload(runtime));
      const first = (await getMnist(runtime)).job?.id;
      await Promise.all([startMnistDownload(runtime), startMnistDownload(runtime)]);
      expect(await runtime.database.client.job.count()).toBe(1);
      const { job } = await waitUntilEnded(runtime);
      expect(job).toMatchObject({ id: first, state: "failed", failure: expect.stringContaining("HTTP 503") as string });
    } finally {
      await runtime.remove();
    }
  });

  it.skipIf(!folder)("fetches, checks and stores the four, and not again what is here (MNIST_DIR)", async () => {
    const files = new Map<string, Buffer>();
    for (const { name } of MNIST_FILES) files.set(`${name}.gz`, await readFile(join(folder!, `${name}.gz`)));
    answer = (name) => files.get(name) ?? 404;
    const runtime = await openTestRuntime({
      database: FASTEST,
      variables: { INKFORM_MNIST_MIRRORS: `http://127.0.0.1:9/,${address}` },
      registrations: (r) => [handleMnistDownload(r)],
    });
    try {
      await uploadMnistFile(runtime, "t10k-images.idx3-ubyte.gz", files.get("t10k-images-idx3-ubyte.gz")!);
      await uploadMnistFile(runtime, LABELS, gunzipSync(files.get(`${LABELS}.gz`)!));
      expect(await getMnist(runtime)).toMatchObject({ ready: false, source: "uploaded" });
      await startMnistDownload(runtime);
      expect(await waitUntilEnded(runtime)).toMatchObject({ ready: true, job: { state: "done", fraction: 1 } });
      expect(asked).toEqual(["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"]);
      const { images, labels } = await readMnist(runtime, "train");
      expect([images.length, labels.length]).toEqual([60_000 * 784, 60_000]);
      expect([...labels.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9]);
      expect((await startMnistDownload(runtime)).ready).toBe(true);
      expect(await runtime.database.client.job.count()).toBe(1);
    } finally {
      await runtime.remove();
    }
  });

  it.skipIf(!folder)("reads MNIST_DIR, and refuses a file there with a wrong sum (MNIST_DIR)", async () => {
    const copy = await mkdtemp(join(tmpdir(), "inkform-mnist-"));
    for (const { name } of MNIST_FILES) await symlink(join(folder!, `${name}.gz`), join(copy, `${name}.gz`));
    const runtime = await openTestRuntime({ database: FASTEST, variables: { MNIST_DIR: copy } });
    try {
      expect(await getMnist(runtime)).toMatchObject({ ready: true, source: "MNIST_DIR" });
      const { labels } = await readMnist(runtime, "test");
      expect([...labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
      await rm(join(copy, `${LABELS}.gz`));
      await writeFile(join(copy, LABELS), new Uint8Array(10_008));
      await expect(readMnist(runtime, "test")).rejects.toThrow(/this is not MNIST's t10k-labels-idx1-ubyte: its MD5 sum is/);
    } finally {
      await runtime.remove();
      await rm(copy, { recursive: true });
    }
  });
});
