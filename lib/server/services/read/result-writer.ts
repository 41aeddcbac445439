import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { labelByte } from "../../../core/char-classes.ts";
import { InkformError } from "../../../core/inkform-error.ts";
import { encodeIdxImages, encodeIdxLabels } from "../../../dataset/idx-write.ts";
import type { PageReading } from "../../../pipeline/page-reading.ts";

/** A page of the result, in the order in which it is to be written. */
export interface ResultPage {
  readonly file: string;
  readonly page: number;
  /** 1-based: which of the cards in the page's picture. */
  readonly part: number;
  readonly reading: PageReading;
}

/**
 * Writes `result.json`, `images-idx3-ubyte` and `labels-idx1-ubyte` into `folder`. A glyph's `index` is its place in the IDX files,
 * over all files, pages and fields in order. Blank boxes are in them as zero images, so that places and boxes stay in step; their label
 * byte, and that of glyphs without a label, is 255.
 * @throws InkformError `invalid-argument` where the folder can't be written
 */
export async function writeResult(folder: string, pages: readonly ResultPage[]): Promise<{ glyphs: number }> {
  const glyphs = pages.flatMap(({ reading }) => reading.fields.flatMap((field) => field.glyphs));
  const images = new Uint8Array(784 * glyphs.length);
  for (const [i, glyph] of glyphs.entries()) images.set(glyph.image, 784 * i);
  const labels = Uint8Array.from(glyphs, (glyph) => labelByte(glyph.label));
  let index = 0;
  const described = pages.map(({ file, page, part, reading }) => {
    const { status, reason, template, card, writer, registration, fields } = reading;
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
      fields: fields.map(({ name, kind, prompt, promptSource, glyphs: own }) => ({
        name,
        kind,
        prompt,
        promptSource,
        glyphs: own.map(({ bounds, label, status: glyphStatus, prediction }) => ({
          index: index++,
          bounds,
          label,
          status: glyphStatus,
          prediction,
        })),
      })),
    };
  });
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "images-idx3-ubyte"), encodeIdxImages(images));
    await writeFile(join(folder, "labels-idx1-ubyte"), encodeIdxLabels(labels));
    await writeFile(join(folder, "result.json"), `${JSON.stringify({ pages: described })}\n`);
  } catch (error) {
    throw new InkformError(
      "invalid-argument",
      `cannot write into ${folder}: ${error instanceof Error ? error.message : String(error)}`,
      error,
    );
  }
  return { glyphs: glyphs.length };
}
