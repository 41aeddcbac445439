import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatasetSchema, datasetViewSchema } from "../../lib/contracts/datasets.ts";
import type { RecordLabels } from "../../lib/contracts/review.ts";
import { decodeIdxImages, decodeIdxLabels } from "../../lib/dataset/idx.ts";
import type { DatasetManifest } from "../../lib/dataset/manifest.ts";
import { createDataset } from "../../lib/server/services/datasets/create-dataset.ts";
import { exportDataset } from "../../lib/server/services/datasets/export-dataset.ts";
import { listDatasets } from "../../lib/server/services/datasets/list-datasets.ts";
import { readDatasetFile } from "../../lib/server/services/datasets/read-dataset-file.ts";
import { readMeans } from "../../lib/server/services/datasets/read-means.ts";
import { readSplit } from "../../lib/server/services/datasets/read-split.ts";
import { readGlyphImages } from "../../lib/server/services/glyphs/read-glyph-images.ts";
import { recordLabels } from "../../lib/server/services/labels/record-labels.ts";
import { insertGlyphs } from "../support/insert-glyphs.ts";
import { DATABASES, FASTEST, openTestRuntime, type TestRuntime } from "../support/open-test-runtime.ts";

const WRITERS = ["w1", "w2", "w3", "w4", "w5"];

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

function findPython(): string | null {
  for (const python of ["python3", "python"]) {
    try {
      execFileSync(python, ["-c", "import struct"], { stdio: "ignore" });
      return python;
    } catch {
      // The next one.
    }
  }
  return null;
}
const python = findPython();

describe.each(DATABASES)("data sets on the %s database", (database) => {
  let runtime: TestRuntime;
  let ids: string[];
  const create = (spec: object) => createDataset(runtime, "test", createDatasetSchema.parse(spec));

  beforeAll(async () => {
    runtime = await openTestRuntime({ database });
    ids = await insertGlyphs(
      runtime,
      WRITERS.flatMap((writer) => [
        ...Array.from({ length: 10 }, (_, i) => ({ prompt: String(i % 4), writer })),
        { prompt: "1", prediction: "7", writer },
        { prompt: "A", writer },
        { prompt: null, writer },
      ]),
    );
    // Of each writer's 13: nine are confirmed, one is unusable, three nobody has looked at (one agrees, one contradicts, one is blank); the letter is confirmed, too.
    await recordLabels(runtime, "test", {
      reviewer: "me",
      labels: ids.flatMap((glyphId, i): RecordLabels["labels"] => {
        const place = i % 13;
        if (place < 8 || place === 11)
          return [{ clientId: randomUUID(), glyphId, kind: "class", value: place === 11 ? "A" : String(place % 4) }];
        return place === 8 ? [{ clientId: randomUUID(), glyphId, kind: "unusable", value: null }] : [];
      }),
    });
  });
  afterAll(() => runtime.remove());

  it("takes what was reviewed, of the classes asked for, split by writer, and never changes it again", async () => {
    const dataset = await create({ testFraction: 0.4, validationFraction: 0.2 });
    datasetViewSchema.parse(dataset);
    expect(dataset).toMatchObject({ version: 1, classes: ["0", "1", "2", "3"] });
    const { train, validation, test } = dataset.splits;
    expect([train.writers.length, validation.writers.length, test.writers.length]).toEqual([2, 1, 2]);
    expect([...train.writers, ...validation.writers, ...test.writers].sort()).toEqual(WRITERS);
    expect([train.examples, validation.examples, test.examples]).toEqual([16, 8, 16]);
    expect(train.byClass).toEqual([4, 4, 4, 4]);

    // The images in the file are those of the members, in order.
    const split = await readSplit(runtime, dataset.id, "test");
    expect(split.images).toEqual(
      await readGlyphImages(
        runtime.database,
        split.members.map((m) => m.glyphId),
      ),
    );
    expect([...split.labels].map((k) => split.classes[k])).toEqual(split.members.map((m) => m.label));
    for (const member of split.members) expect(test.writers).toContain(member.writer);

    const manifest = await text((await readDatasetFile(runtime, dataset.id, "manifest.json")).stream);
    const [label] = (await readSplit(runtime, dataset.id, "train")).members;
    const change = { clientId: randomUUID(), glyphId: label.glyphId, kind: "class" as const, value: "3" };
    const other = label.label === "3" ? { ...change, value: "2" } : change;
    await recordLabels(runtime, "test", { reviewer: "me", labels: [other] });
    expect(await text((await readDatasetFile(runtime, dataset.id, "manifest.json")).stream)).toBe(manifest);

    const second = await create({ testFraction: 0.4, validationFraction: 0.2 });
    expect(second.version).toBe(2);
    expect(second.hash).not.toBe(dataset.hash);

    await recordLabels(runtime, "test", {
      reviewer: "me",
      labels: [{ clientId: randomUUID(), glyphId: label.glyphId, kind: "retract", value: other.clientId }],
    });
    const third = await create({ testFraction: 0.4, validationFraction: 0.2 });
    expect({ id: third.id, version: third.version }).toEqual({ id: dataset.id, version: 1 });
    expect((await listDatasets(runtime.database.client, "test")).map((d) => d.version)).toEqual([2, 1]);
  });

  it("adds what nobody reviewed only where asked, and only what prompt and model agree on", async () => {
    const reviewed = await create({ testFraction: 0 });
    const agreeing = await create({ testFraction: 0, includeAgreeing: true });
    expect(agreeing.splits.train.examples - reviewed.splits.train.examples).toBe(WRITERS.length);
    const manifest = JSON.parse(await text((await readDatasetFile(runtime, agreeing.id, "manifest.json")).stream)) as DatasetManifest;
    const members = new Set(manifest.members.train.map((m) => m.glyphId));
    ids.forEach((id, i) => {
      if ([8, 10, 11, 12].includes(i % 13)) expect(members.has(id)).toBe(false);
    });
  });

  it("numbers versions without gaps or repeats when several are built at once", async () => {
    const before = (await listDatasets(runtime.database.client, "test")).length;
    const made = await Promise.all(Array.from({ length: 5 }, (_, i) => create({ seed: 100 + i })));
    expect(made.map((d) => d.version).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5].map((i) => before + i));
  });

  it("keeps letters with EMNIST's label bytes", async () => {
    const dataset = await create({ classes: "all", testFraction: 0 });
    expect(dataset.classes).toEqual(["0", "1", "2", "3", "A"]);
    const bytes = gunzipSync(await collect((await readDatasetFile(runtime, dataset.id, "train-labels-idx1-ubyte.gz")).stream));
    expect([...new Set(decodeIdxLabels(bytes, "labels"))].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 10]);
  });

  it("refuses what cannot be: no writers left, nothing reviewed, MNIST that is not here, an unknown file", async () => {
    await expect(create({ classes: "letters", testFraction: 0.9, validationFraction: 0.5 })).rejects.toMatchObject({
      code: "invalid-argument",
    });
    await expect(create({ includeMnist: true })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("npm run mnist") as string,
    });
    const [dataset] = await listDatasets(runtime.database.client, "test");
    await expect(readDatasetFile(runtime, dataset.id, "means")).rejects.toMatchObject({ code: "not-found" });
    await expect(readDatasetFile(runtime, "nothing", "manifest.json")).rejects.toMatchObject({ code: "not-found" });
  });

  it("gives the mean image of each class", async () => {
    const dataset = await create({ testFraction: 0 });
    const means = await readMeans(runtime, dataset.id);
    expect(means.length).toBe(dataset.classes.length * 784);
    // insert-glyphs draws class k as a stripe in a row of its own.
    const row = 2 + 2 * ("2".charCodeAt(0) % 12);
    expect(means[2 * 784 + row * 28 + 10]).toBe(255);
    expect(means[1 * 784 + row * 28 + 10]).toBe(0);
  });

  it.skipIf(python === null)("exports a zip whose IDX files Python reads as MNIST's", async () => {
    const dataset = await create({ testFraction: 0.4 });
    const { stream, fileName } = await exportDataset(runtime, dataset.id);
    expect(fileName).toBe(`test-v${dataset.version}.zip`);
    const entries = unzipSync(await collect(stream as AsyncIterable<Uint8Array>));
    const folder = await mkdtemp(join(tmpdir(), "inkform-export-"));
    try {
      for (const [name, bytes] of Object.entries(entries)) await writeFile(join(folder, name.split("/")[1]), bytes);
      const script = `
import gzip, json, struct, hashlib, sys
folder = sys.argv[1]
out = {}
manifest = json.load(open(folder + "/manifest.json"))
for split in ("train", "validation", "t10k"):
    raw = gzip.open(f"{folder}/{split}-images-idx3-ubyte.gz").read()
    magic, n, rows, columns = struct.unpack(">IIII", raw[:16])
    assert magic == 2051 and len(raw) == 16 + n * rows * columns, split
    labels = gzip.open(f"{folder}/{split}-labels-idx1-ubyte.gz").read()
    magic, m = struct.unpack(">II", labels[:8])
    assert magic == 2049 and len(labels) == 8 + m and m == n, split
    for name, data in ((f"{split}-images-idx3-ubyte", raw), (f"{split}-labels-idx1-ubyte", labels)):
        assert hashlib.sha256(data).hexdigest() == manifest["files"][name], name
    out[split] = [n, rows, columns, list(labels[8:])]
canonical = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
out["hash"] = hashlib.sha256(canonical).hexdigest()
print(json.dumps(out))`;
      const seen = JSON.parse(execFileSync(python!, ["-c", script, folder], { encoding: "utf8" })) as Record<
        string,
        [number, number, number, number[]]
      > & { hash: string };
      expect(seen.train.slice(0, 3)).toEqual([dataset.splits.train.examples, 28, 28]);
      expect(seen.t10k.slice(0, 3)).toEqual([dataset.splits.test.examples, 28, 28]);
      expect(seen.validation.slice(0, 3)).toEqual([0, 28, 28]);
      expect(seen.hash).toBe(dataset.hash);
      const images = decodeIdxImages(gunzipSync(entries[`test-v${dataset.version}/t10k-images-idx3-ubyte.gz`]), "t10k");
      expect(new Uint8Array(images.data)).toEqual((await readSplit(runtime, dataset.id, "test")).images);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe.skipIf(!process.env.MNIST_DIR)("data sets with MNIST (MNIST_DIR)", () => {
  it("puts its 60,000 training digits after one's own and takes the union of the classes", async () => {
    const runtime = await openTestRuntime({ database: FASTEST, variables: { MNIST_DIR: process.env.MNIST_DIR! } });
    try {
      await insertGlyphs(
        runtime,
        ["a", "b"].flatMap((writer) => [
          { prompt: "7", writer },
          { prompt: "A", writer },
        ]),
      );
      const dataset = await createDataset(
        runtime,
        "test",
        createDatasetSchema.parse({ classes: "all", includeMnist: true, includeAgreeing: true, testFraction: 0.5 }),
      );
      expect(dataset.classes).toEqual([..."0123456789A"]);
      expect(dataset.splits.train).toMatchObject({ examples: 60_002, own: 2 });
      expect(dataset.splits.test).toMatchObject({ examples: 2, own: 2 });
      // MNIST's own counts (LeCun's page; e.g. 5,923 zeros and 6,265 sevens).
      expect(dataset.splits.train.byClass[0]).toBe(5923);
      expect(dataset.splits.train.byClass[7]).toBe(6266);
    } finally {
      await runtime.remove();
    }
  });
});
