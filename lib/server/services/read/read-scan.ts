import { InkformError } from "../../../core/inkform-error.ts";
import type { Classifier, PageReading } from "../../../pipeline/page-reading.ts";
import type { ReadPageDeps } from "../../../pipeline/read-page.ts";
import { readPages } from "../../../pipeline/read-pages.ts";
import { rejectPage } from "../../../pipeline/reject-page.ts";
import type { OnStage } from "../../../pipeline/stage.ts";
import { decodeFile } from "../../codec/decode-file.ts";
import type { DecodedPage } from "../../codec/decoded-page.ts";
import { encodePreview } from "../../codec/encode-images.ts";
import { readCodes } from "../../codec/read-codes.ts";
import { readDevice } from "../../codec/read-device.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { loadClassifier } from "./load-classifier.ts";
import { createNistReader, readPrint } from "./nist-reader.ts";
import { measurePageCost, type PageCost } from "./page-cost.ts";
import { type OnePage, readPart } from "./read-part.ts";
import { createStageClock, type StageClock } from "./stage-clock.ts";

/** One card (or whatever else was on the page) of a scan as read. */
export interface ScanPage {
  /** 1-based; cards in one picture have the same. */
  readonly number: number;
  /** Which of the `parts` cards in the picture, 1-based. */
  readonly part: number;
  readonly parts: number;
  readonly pageCount: number;
  /** Of the page as decoded, upright by its orientation tag; 0 where it could not be decoded. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** JPEG of at most 2,000 px; empty where the page could not be decoded, or previews are not wanted. */
  readonly preview: Uint8Array;
  /** What the file was made with; null or absent where it does not say. */
  readonly device?: string | null;
  readonly reading: PageReading;
  /** Where it was asked for. */
  readonly cost?: PageCost;
}

export interface ReadScanOptions {
  /** The .ink file of the model that gives the second opinion. */
  readonly model: Uint8Array;
  /** Pages (1-based) that need not be read: decoding goes on behind them. */
  readonly skipPages?: ReadonlySet<number>;
  /** Read this one page alone, and of a picture with several cards this part. */
  readonly only?: OnePage;
  /** Text of a NIST reference file (`ref_33.txt`): then prompts come from it, not from the print. */
  readonly reference?: string;
  /** Default true. */
  readonly previews?: boolean;
  /** Measure what each page costs. Default false. */
  readonly measure?: boolean;
  /** As each stage begins: reading gets on. */
  readonly onStage?: OnStage;
  readonly signal?: AbortSignal;
}

/**
 * Reads a file page by page: what heavy work there is; runs in a child process. A page that can't be decoded or read is rejected
 * with its reason and the others go on.
 * @throws InkformError where the whole file can't be read (see `decodeFile`), or the model is none
 */
export async function* readScan(file: { name: string; bytes: Uint8Array }, options: ReadScanOptions): AsyncGenerator<ScanPage> {
  const clock = options.measure === true ? createStageClock() : null;
  const enter: OnStage = (stage) => {
    clock?.enter(stage);
    options.onStage?.(stage);
  };
  enter("model");
  const deps = createDeps(options, clock, enter);
  enter("decode");
  collectGarbage();
  const device = await readDevice(file.bytes);
  for await (const page of decodeFile(file)) {
    if (options.signal?.aborted) return;
    if (options.skipPages?.has(page.number) || (options.only !== undefined && page.number !== options.only.number)) continue;
    enter("preview");
    const preview = page.raster !== null && (options.previews ?? true) ? await encodePreview(page.raster) : new Uint8Array(0);
    const read = await readDecoded(file.name, page, deps, options.only);
    // What several cards in one picture took stands with the last of them.
    for (const part of read)
      yield { ...part, preview, device, ...(clock && part.part === part.parts && { cost: measurePageCost(clock.take()) }) };
    if (options.only !== undefined) return;
    enter("decode");
  }
}

function createDeps(options: ReadScanOptions, clock: StageClock | null, onStage: OnStage): ReadPageDeps {
  const model = loadClassifier(options.model);
  const classifier: Classifier = {
    classes: model.classes,
    predict: (images, n) => (clock ? clock.during("classify", () => model.predict(images, n)) : model.predict(images, n)),
  };
  const readNistPage = createNistReader(classifier, options.reference);
  return { readCodes, readPrint, classifier, readNistPage, onStage };
}

async function readDecoded(
  name: string,
  page: DecodedPage,
  deps: ReadPageDeps,
  only: OnePage | undefined,
): Promise<Omit<ScanPage, "preview" | "device" | "cost">[]> {
  const { number, pageCount, raster } = page;
  if (raster === null)
    return [{ number, part: 1, parts: 1, pageCount, widthPx: 0, heightPx: 0, reading: rejectPage("decode-failed", page.failure.message) }];
  const { width, height } = raster.gray;
  let readings: PageReading[];
  try {
    readings = only === undefined ? await readPages(raster, deps) : [await readPart(raster, only, deps)];
  } catch (error) {
    // A fault of ours must not take the file's other pages along; its trace goes to the log.
    process.stderr.write(`${name}, page ${number}: ${error instanceof Error ? error.stack : String(error)}\n`);
    const why = error instanceof InkformError ? error.message : "an error in the program; its log has the details";
    readings = [rejectPage("decode-failed", `${name}, page ${number}, could not be read: ${why}.`)];
  }
  if (only !== undefined) {
    return [{ number, part: only.part, parts: only.parts, pageCount, widthPx: width, heightPx: height, reading: readings[0] }];
  }
  const parts = readings.length;
  return readings.map((reading, i) => ({ number, part: i + 1, parts, pageCount, widthPx: width, heightPx: height, reading }));
}
