import type { GrayImage } from "../../../image/images.ts";
import { parseReference } from "../../../page/nist-parse-reference.ts";
import type { ReadPrint } from "../../../page/read-code-text.ts";
import type { Classifier, PageReading } from "../../../pipeline/page-reading.ts";
import { readNistPage } from "../../../pipeline/read-nist-page.ts";
import { createLineReader } from "../../ocr/line-reader.ts";
import { createOcrWorker } from "../../ocr/ocr-worker.ts";
import { createPromptReader } from "../../ocr/prompt-reader.ts";

/** One for the process: starting OCR takes longer than reading a page's prompts. It starts at the first page that needs it. */
const ocr = createOcrWorker();
const promptReader = createPromptReader(ocr);

/** Reads a printed line, such as a card's text code. */
export const readPrint: ReadPrint = createLineReader(ocr);

/**
 * The reader of original NIST forms.
 * @param reference text of NIST's reference file for the scan's template; without it the prompts are read from print
 * @throws InkformError where `reference` is none
 */
export function createNistReader(classifier: Classifier, reference: string | undefined): (image: GrayImage) => Promise<PageReading> {
  const prompts = reference === undefined ? {} : { reference: parseReference(reference) };
  return (image) => readNistPage(image, { ...prompts, readPrompts: (printed) => promptReader.read(printed), classifier });
}

/** Ends the OCR worker: a process that used it does not end before. */
export function closeNistReader(): Promise<void> {
  return promptReader.close();
}
