import { type FileHandle, mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { labelByte } from "../../../core/char-classes.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { encodeIdxImages, encodeIdxLabels } from "../../../dataset/idx-write.ts";
import type { FieldReading, GlyphReading, PageReading } from "../../../pipeline/page-reading.ts";

/** What the result keeps of a page's reading: not where its fields lie, nor its glyphs as they were cut. */
export interface ResultReading extends Omit<PageReading, "fields"> {
  readonly fields: readonly (Pick<FieldReading, "name" | "kind" | "prompt" | "promptSource"> & {
    readonly glyphs: readonly Omit<GlyphReading, "raw">[];
  })[];
}

/** A page of the result, in the order in which it is to be written. */
export interface ResultPage {
  readonly file: string;
  readonly page: number;
  /** 1-based: which of the cards in the page's picture. */
  readonly part: number;
  readonly reading: ResultReading;
}

export interface ResultWriter {
  /** Writes the next page: one after another, in the order of the result. */
  add(page: ResultPage): Promise<void>;
  /** Ends the files and gives them their names. */
  finish(): Promise<{ glyphs: number }>;
}

const NAMES = { result: "result.json", images: "images-idx3-ubyte", labels: "labels-idx1-ubyte" } as const;
/** An IDX file's header says how many there are, at this place. */
const IDX_COUNT_AT = 4;

/**
 * Writes `result.json`, `images-idx3-ubyte` and `labels-idx1-ubyte` into `folder`, page by page: what has been read need not be kept. A
 * glyph's `index` is its place in the IDX files, over all files, pages and fields in order. Blank boxes are in them as zero images, so
 * that places and boxes stay in step; their label byte, and that of glyphs without a label, is 255. Until it is finished the files'
 * names end in `.part`.
 * @throws InkformError `invalid-argument` where the folder can't be written; so do the writer's functions
 */
export async function createResultWriter(folder: string): Promise<ResultWriter> {
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InkformError("invalid-argument", `cannot write into ${folder}: ${reason}`, error);
    }
  };
  const start = async (name: string, head: Uint8Array | string): Promise<FileHandle> => {
    const file = await open(join(folder, `${name}.part`), "w");
    await file.writeFile(head);
    return file;
  };
  const { result, images, labels } = await attempt(async () => {
    await mkdir(folder, { recursive: true });
    return {
      result: await start(NAMES.result, '{"pages":['),
      images: await start(NAMES.images, encodeIdxImages(new Uint8Array(0))),
      labels: await start(NAMES.labels, encodeIdxLabels(new Uint8Array(0))),
    };
  });
  let glyphs = 0;
  let pages = 0;
  return {
    add: (page) =>
      attempt(async () => {
        const own = page.reading.fields.flatMap((field) => field.glyphs);
        const bytes = new Uint8Array(784 * own.length);
        for (const [i, glyph] of own.entries()) bytes.set(glyph.image, 784 * i);
        await result.writeFile(`${pages === 0 ? "" : ","}${JSON.stringify(describePage(page, glyphs))}`);
        await images.writeFile(bytes);
        await labels.writeFile(Uint8Array.from(own, (glyph) => labelByte(glyph.label)));
        glyphs += own.length;
        pages++;
      }),
    finish: () =>
      attempt(async () => {
        await result.writeFile("]}\n");
        const count = new Uint8Array(4);
        new DataView(count.buffer).setUint32(0, glyphs);
        for (const file of [images, labels]) await file.write(count, 0, 4, IDX_COUNT_AT);
        for (const file of [result, images, labels]) await file.close();
        for (const name of Object.values(NAMES)) await rename(join(folder, `${name}.part`), join(folder, name));
        return { glyphs };
      }),
  };
}

/** @param first the index of the page's first glyph */
function describePage({ file, page, part, reading }: ResultPage, first: number): object {
  const { status, reason, template, card, writer, registration, fields } = reading;
  let index = first;
  return {
    file,
    page,
    part,
    status,
    reason,
    template,
    card,
    writer,
    registration,
    fields: fields.map(({ name, kind, prompt, promptSource, glyphs }) => ({
      name,
      kind,
      prompt,
      promptSource,
      glyphs: glyphs.map(({ bounds, label, status: glyphStatus, prediction }) => ({
        index: index++,
        bounds,
        label,
        status: glyphStatus,
        prediction,
      })),
    })),
  };
}
