import { PSM, type Worker } from "tesseract.js";
import type { BinaryImage } from "../../image/images.ts";
import type { PrintedPrompt } from "../../page/nist-clean-prompt.ts";
import { partLetters } from "../../page/nist-part-letters.ts";
import { composeSheet } from "./compose-sheet.ts";
import { createOcrWorker, type OcrWorker } from "./ocr-worker.ts";
import { setLine } from "./set-line.ts";

/** Reads printed prompts by tesseract.js, offline. */
export interface PromptReader {
  /** For each prompt its readings, likeliest first, without blanks; none where nothing was read. */
  readonly read: (prompts: readonly PrintedPrompt[]) => Promise<string[][]>;
  /** Ends the worker; a later `read` starts a new one. */
  readonly close: () => Promise<void>;
}

const ALPHABETS = { digits: "0123456789", lowercase: "abcdefghijklmnopqrstuvwxyz", uppercase: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" } as const;

/** @param ocr shared with other readers: one worker for a process */
export function createPromptReader(ocr: OcrWorker = createOcrWorker()): PromptReader {
  return { read: (prompts) => ocr.run((worker) => readAll(worker, prompts)), close: ocr.close };
}

async function readAll(worker: Worker, prompts: readonly PrintedPrompt[]): Promise<string[][]> {
  const readings: string[][] = prompts.map(() => []);
  const digits = prompts.flatMap((prompt, i) => (prompt.kind === "digits" ? [i] : []));
  // All digit prompts in one go, a line each: far faster than one by one.
  if (digits.length > 0) {
    await configure(worker, "digits", PSM.SINGLE_BLOCK);
    const sheet = composeSheet(digits.map((i) => prompts[i].print));
    const { data } = await worker.recognize(sheet.pgm, {}, { text: true, blocks: true });
    for (const block of data.blocks ?? []) {
      for (const { lines } of block.paragraphs) {
        for (const line of lines) {
          const middle = (line.bbox.y0 + line.bbox.y1) / 2;
          const at = sheet.tops.findIndex((top, k) => middle >= top && middle < top + sheet.heights[k]);
          const text = line.text.replace(/\s/g, "");
          if (at >= 0 && text !== "") readings[digits[at]].push(text);
        }
      }
    }
  }
  // Short prompts are dropped or misread among others: each then gets a picture of its own.
  for (const i of digits) {
    if (readings[i].some((text) => text.length === prompts[i].length)) continue;
    const text = await readAlone(worker, prompts[i].print, { kind: "digits", mode: PSM.SINGLE_LINE });
    if (text !== "") readings[i].push(text);
  }
  for (const [i, prompt] of prompts.entries()) {
    if (prompt.kind !== "digits") readings[i].push(...(await readAlphabet(worker, prompt)));
  }
  return readings;
}

/**
 * The letters of an alphabet, set again at an even distance. Where the first reading is no permutation of the alphabet, they are
 * read in other orders too and put back: a letter that is misread beside one neighbour is often read right beside another.
 */
async function readAlphabet(worker: Worker, { kind, print, length }: PrintedPrompt): Promise<string[]> {
  const letters = partLetters(print);
  if (letters.length !== length) {
    const text = await readAlone(worker, print, { kind, mode: PSM.SINGLE_LINE });
    return text === "" ? [] : [text];
  }
  const readings: string[] = [];
  for (const order of orders(length)) {
    const text = await readAlone(worker, setLine(order.map((k) => letters[k])), { kind, mode: PSM.SINGLE_LINE });
    // A doubled letter is one read twice: an alphabet repeats none.
    const tidy = text.length > length ? text.replace(/(.)\1+/g, "$1") : text;
    if (tidy.length !== length) continue;
    const back: string[] = [];
    order.forEach((k, position) => {
      back[k] = tidy[position];
    });
    readings.push(back.join(""));
    if (readings.length === 1 && new Set(tidy).size === length) break;
  }
  return readings;
}

/** As printed, backwards, and by steps that put every letter beside others. */
function orders(n: number): number[][] {
  const steps = [1, n - 1, 5, 7, 11, 3, 9].filter((step) => greatestDivisor(step, n) === 1);
  return steps.map((step) => Array.from({ length: n }, (_, i) => ((i + (step === n - 1 ? 1 : 0)) * step) % n));
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

async function readAlone(worker: Worker, print: BinaryImage, how: { kind: PrintedPrompt["kind"]; mode: PSM }): Promise<string> {
  await configure(worker, how.kind, how.mode);
  const { data } = await worker.recognize(composeSheet([print]).pgm);
  return data.text.replace(/\s/g, "");
}

async function configure(worker: Worker, kind: PrintedPrompt["kind"], mode: PSM): Promise<void> {
  await worker.setParameters({ tessedit_char_whitelist: ALPHABETS[kind], tessedit_pageseg_mode: mode, user_defined_dpi: "300" });
}
