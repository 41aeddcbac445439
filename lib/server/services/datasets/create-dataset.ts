import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { CreateDataset, DatasetView } from "../../../contracts/datasets.ts";
import { labelByte } from "../../../core/char-classes.ts";
import { canonicalJson, type Json } from "../../../dataset/canonical-json.ts";
import { encodeIdxImages, encodeIdxLabels } from "../../../dataset/idx-write.ts";
import { buildManifest, type DatasetManifest } from "../../../dataset/manifest.ts";
import { SPLITS, type Split } from "../../../dataset/split-by-writer.ts";
import { countClasses, createMeanImages } from "../../../dataset/statistics.ts";
import { NORMALIZATION_VERSION } from "../../../glyph/normalize-glyph.ts";
import { newId } from "../../db/new-id.ts";
import { toJson } from "../../db/to-json.ts";
import type { Runtime } from "../../runtime.ts";
import { getCollectionId } from "../collections/get-collection-id.ts";
import { collectGlyphImages } from "../glyphs/read-glyph-images.ts";
import { type MnistSet, readMnist } from "../mnist/read-mnist.ts";
import { idxNames, MANIFEST_NAME, MEANS_NAME } from "./dataset-files.ts";
import { hashBytes } from "./hash-bytes.ts";
import { readCandidates } from "./read-candidates.ts";
import { viewDataset } from "./view-dataset.ts";

const pack = promisify(gzip);

interface Examples {
  readonly images: Uint8Array;
  /** Label bytes: places in CHAR_CLASSES. */
  readonly labels: Uint8Array;
}

/**
 * Builds a version of a collection's data set: chooses the glyphs, splits them by writer, writes IDX files and the manifest. What is written is never
 * changed: later labels make another version. The same content (its hash) is the same version, so a repeated request makes no second one.
 *
 * MNIST, if mixed in, adds its 60,000 training digits to train. Its test set goes into no split: test holds hands of one's own only, and every model of digits is
 * measured on MNIST's test set apart.
 *
 * @throws InkformError `invalid-argument` (nothing fits, too few writers), `unavailable` (MNIST is not here), `not-found`
 */
export async function createDataset(runtime: Runtime, slug: string, spec: CreateDataset): Promise<DatasetView> {
  const { database, blobs } = runtime;
  const collectionId = await getCollectionId(database.client, slug);
  const candidates = await readCandidates(database.client, collectionId, spec.includeAgreeing);
  const plan = buildManifest(candidates, { ...spec, mnist: spec.includeMnist, normalization: NORMALIZATION_VERSION });
  const mnist = spec.includeMnist ? await readMnist(runtime, "train") : null;

  const sums: Record<string, string> = {};
  const files: Record<string, string> = {};
  const splits = {} as Record<Split, DatasetView["splits"]["train"]>;
  for (const split of SPLITS) {
    const own = await readOwn(runtime, plan.members[split]);
    const examples = split === "train" && mnist !== null ? join(own, mnist) : own;
    const names = idxNames(split);
    for (const [name, bytes] of [
      [names.images, encodeIdxImages(examples.images)],
      [names.labels, encodeIdxLabels(examples.labels)],
    ] as const) {
      sums[name] = await hashBytes(bytes);
      files[`${name}.gz`] = (await blobs.put(await pack(bytes, { level: 4 }))).sha256;
    }
    const numbers = toClassNumbers(examples.labels, plan.classes);
    if (split === "train") files[MEANS_NAME] = (await blobs.put(await averageImages(examples.images, numbers, plan.classes.length))).sha256;
    splits[split] = {
      examples: examples.labels.length,
      own: plan.members[split].length,
      writers: [...plan.writers[split]],
      byClass: countClasses(numbers, plan.classes.length),
    };
  }
  const manifest: DatasetManifest = { ...plan, files: sums };
  const text = new TextEncoder().encode(canonicalJson(manifest as unknown as Json));
  files[MANIFEST_NAME] = (await blobs.put(text)).sha256;
  const hash = files[MANIFEST_NAME];

  return database.transaction(async (tx) => {
    // Two builds at once would otherwise both take the next version.
    await tx.$queryRaw`SELECT "id" FROM "Collection" WHERE "id" = ${collectionId} FOR UPDATE`;
    const same = await tx.dataset.findFirst({ where: { collectionId, hash } });
    if (same !== null) return viewDataset(same);
    const latest = await tx.dataset.aggregate({ where: { collectionId }, _max: { version: true } });
    const row = await tx.dataset.create({
      data: {
        id: newId(),
        collectionId,
        version: (latest._max.version ?? 0) + 1,
        hash,
        classes: [...plan.classes],
        spec: toJson(spec),
        splits: toJson(splits),
        files: toJson(files),
      },
    });
    return viewDataset(row);
  });
}

async function readOwn(runtime: Runtime, members: DatasetManifest["members"]["train"]): Promise<Examples> {
  const images = await collectGlyphImages(
    runtime.database,
    members.map((m) => m.glyphId),
  );
  return { images, labels: Uint8Array.from(members, (m) => labelByte(m.label)) };
}

/** MNIST's classes 0 to 9 are the label bytes 0 to 9. */
function join(own: Examples, mnist: MnistSet): Examples {
  const images = new Uint8Array(own.images.length + mnist.images.length);
  images.set(own.images);
  images.set(mnist.images, own.images.length);
  const labels = new Uint8Array(own.labels.length + mnist.labels.length);
  labels.set(own.labels);
  labels.set(mnist.labels, own.labels.length);
  return { images, labels };
}

function toClassNumbers(labels: Uint8Array, classes: readonly string[]): Uint8Array {
  const numberOf = new Map(classes.map((label, number) => [labelByte(label), number]));
  return labels.map((byte) => numberOf.get(byte)!);
}

/** In pieces of a few milliseconds: the site answers others in between. */
async function averageImages(images: Uint8Array, labels: Uint8Array, classes: number): Promise<Uint8Array> {
  const PIECE = 2000;
  const mean = createMeanImages(classes);
  for (let start = 0; start < labels.length; start += PIECE) {
    mean.add(images.subarray(start * 784, (start + PIECE) * 784), labels.subarray(start, start + PIECE));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return mean.means();
}
