import { InkformError } from "../../../core/inkform-error.ts";
import type { PageRaster } from "../../../image/page-raster.ts";
import { type Cut, type CutOptions, cutGlyphs } from "../../../pipeline/cut/cut-glyphs.ts";
import type { OnInk, PageInk } from "../../../pipeline/page-ink.ts";
import type { GlyphReading } from "../../../pipeline/page-reading.ts";
import { readNistPage } from "../../../pipeline/read-nist-page.ts";
import { decodeFile } from "../../codec/decode-file.ts";
import { readCodes } from "../../codec/read-codes.ts";
import { loadClassifier } from "../read/load-classifier.ts";
import { readPrint } from "../read/nist-reader.ts";
import { type OnePage, readPart } from "../read/read-part.ts";

/** Glyphs to be cut from a page of a file. */
export interface CutTask extends Omit<CutOptions, "classifier"> {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The .ink file of the model that gives the second opinion. */
  readonly model: Uint8Array;
  readonly page: OnePage;
  /** Names the bytes, the page and what was said of it: the last page's ink is kept under it. */
  readonly key: string;
  /** The field that the glyphs are in. */
  readonly field: string;
  readonly cut: Cut;
}

type FieldInks = ReadonlyMap<string, PageInk>;

/** One cut is seldom alone on its page: the next one finds the page's ink here. 10 MB. */
let last: { readonly key: string; readonly inks: FieldInks } | null = null;

/**
 * Reads the page as it was read before, up to its ink without the form, and cuts glyphs from it; runs in a child process.
 * @throws InkformError where the page is not there or can't be read any more, and what `cutGlyphs` throws
 */
export async function cutFromScan(task: CutTask): Promise<GlyphReading[]> {
  if (last?.key !== task.key) last = { key: task.key, inks: await findInks(task) };
  const ink = last.inks.get(task.field);
  if (ink === undefined) {
    throw new InkformError(
      "conflict",
      `The field ${task.field} of ${task.name} can't be found in the scan any more. Have the page read again; nothing was changed.`,
    );
  }
  return cutGlyphs(ink, task.cut, { ...task, classifier: loadClassifier(task.model) });
}

async function findInks({ name, bytes, model, page }: CutTask): Promise<FieldInks> {
  for await (const decoded of decodeFile({ name, bytes })) {
    if (decoded.number !== page.number) continue;
    if (decoded.raster === null) throw decoded.failure;
    return readInks(decoded.raster, model, page);
  }
  throw new InkformError("conflict", `${name} has no page ${page.number} any more. Nothing was changed.`);
}

/** Thrown where the ink is known: cutting all the page's glyphs takes longer than all before, and none of them is wanted. */
class InkFound extends Error {}

async function readInks(raster: PageRaster, model: Uint8Array, page: OnePage): Promise<FieldInks> {
  const inks = new Map<string, PageInk>();
  // A card's fields share one.
  const copies = new Map<PageInk, PageInk>();
  const onInk: OnInk = (found) => {
    for (const [field, ink] of found) {
      const copy = copies.get(ink) ?? copyInk(ink);
      copies.set(ink, copy);
      inks.set(field, copy);
    }
    throw new InkFound();
  };
  const classifier = loadClassifier(model);
  const readNist = (image: PageRaster["gray"]) =>
    readNistPage(image, { readPrompts: async (prompts) => prompts.map(() => []), classifier, onInk });
  try {
    await readPart(raster, page, { readCodes, readPrint, classifier, readNistPage: readNist, onInk });
  } catch (error) {
    if (!(error instanceof InkFound)) throw error;
  }
  return inks;
}

function copyInk({ ink, band, toScan }: PageInk): PageInk {
  return { ink: { ...ink, data: ink.data.slice() }, band: band?.slice() ?? null, toScan };
}
