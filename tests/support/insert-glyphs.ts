import type { GlyphStatus } from "../../lib/server/db/generated/enums.ts";
import { newId } from "../../lib/server/db/new-id.ts";
import type { Runtime } from "../../lib/server/runtime.ts";

export interface TestGlyph {
  /** Null: a blank box. */
  readonly prompt: string | null;
  readonly prediction?: string;
  readonly status?: GlyphStatus;
  readonly writer?: string;
  readonly image?: Uint8Array;
}

/** What the glyphs' page was read from, and the field that all of them are in. */
export interface TestPage {
  readonly template?: string;
  readonly device?: string;
  readonly dpi?: number;
  readonly blurMm?: number;
  readonly field?: string;
}

/** Stores glyphs as reading a page would, with the labels of prompt and model, in the collection "test". @returns their ids in order */
export async function insertGlyphs(
  runtime: Runtime,
  glyphs: readonly TestGlyph[],
  { field = "r01", ...page }: TestPage = {},
): Promise<string[]> {
  const db = runtime.database.client;
  const { id: collectionId } = await db.collection.findUniqueOrThrow({ where: { slug: "test" } });
  const [jobId, scanId, pageId] = [newId(), newId(), newId()];
  await db.job.create({ data: { id: jobId, kind: "read-scan", version: 1, payload: {}, state: "done", maxAttempts: 1 } });
  await db.scan.create({
    data: { id: scanId, collectionId, fileName: "page.png", originalSha256: scanId, sha256: scanId, bytes: 1, jobId },
  });
  const crops = await runtime.blobs.put(new Uint8Array(glyphs.length * 6).fill(1));
  await db.page.create({
    data: {
      id: pageId,
      scanId,
      collectionId,
      number: 1,
      state: "read",
      template: "digits",
      card: "CODE",
      writer: null,
      widthPx: 100,
      heightPx: 100,
      fields: [],
      cropsSha256: crops.sha256,
      ...page,
    },
  });
  const ids = glyphs.map(() => newId());
  await db.glyph.createMany({
    data: glyphs.map(({ prompt, prediction = prompt ?? undefined, status, writer = "w1", image }, i) => {
      const state = status ?? (prompt === null ? "blank" : prediction === prompt ? "labelled" : "mismatch");
      return {
        id: ids[i],
        collectionId,
        pageId,
        field,
        fieldIndex: 0,
        index: i,
        prompt,
        promptSource: "card",
        status: state,
        boundsX: i,
        boundsY: 0,
        boundsWidth: 2,
        boundsHeight: 3,
        image: Buffer.from(image ?? drawDigit(prompt, i)),
        normalization: "mnist-1",
        cropOffset: 6 * i,
        cropWidth: state === "blank" ? 0 : 2,
        cropHeight: state === "blank" ? 0 : 3,
        predictionLabel: prediction ?? null,
        predictionProbability: prediction === undefined ? null : 0.9,
        writer,
        label: prompt,
        labelSource: prompt === null ? null : ("prompt" as const),
        disagrees: state === "mismatch" || state === "unsure",
      };
    }),
  });
  await db.label.createMany({
    data: glyphs.flatMap(({ prompt, prediction = prompt ?? undefined }, i) => [
      ...(prompt === null ? [] : [{ glyphId: ids[i], source: "prompt" as const, by: "card", kind: "class" as const, value: prompt }]),
      ...(prediction === undefined
        ? []
        : [{ glyphId: ids[i], source: "model" as const, by: "starter", kind: "class" as const, value: prediction, probability: 0.9 }]),
    ]),
  });
  return ids;
}

/** Not handwriting: a stripe whose place tells the class, and some pixels that tell the example. */
function drawDigit(prompt: string | null, index: number): Uint8Array {
  const image = new Uint8Array(784);
  if (prompt === null) return image;
  const row = 2 + 2 * (prompt.charCodeAt(0) % 12);
  image.fill(255, row * 28 + 4, row * 28 + 24);
  image[27 * 28 + (index % 28)] = 200;
  image[26 * 28 + (Math.floor(index / 28) % 28)] = 200;
  return image;
}
