import type { GrayImage } from "../../../image/images.ts";
import { parseReference } from "../../../page/nist-parse-reference.ts";
import type { Classifier, PageReading } from "../../../pipeline/page-reading.ts";
import { readNistPage } from "../../../pipeline/read-nist-page.ts";
import { createPromptReader } from "../../ocr/prompt-reader.ts";

/** One for the process: starting OCR takes longer than reading a page's prompts. It starts at the first NIST page. */
const promptReader = createPromptReader();

/**
 * The reader of original NIST forms.
 * @param reference text of NIST's reference file for the scan's template; without it the prompts are read from print
 * @throws InkformError where `reference` is none
 */
export function createNistReader(classifier: Classifier, reference: string | undefined): (image: GrayImage) => Promise<PageReading> {
  const prompts = reference === undefined ? {} : { reference: parseReference(reference) };
  return (image) => readNistPage(image, { ...prompts, readPrompts: (printed) => promptReader.read(printed), classifier });
}

/** Ends the OCR worker: a process that read a NIST page does not end before. */
export function closeNistReader(): Promise<void> {
  return promptReader.close();
}
