import path from "node:path";
import { createWorker, PSM, type Worker } from "tesseract.js";
import type { PrintedPrompt } from "../../page/nist-clean-prompt.ts";
import type { BinaryImage } from "../../image/images.ts";
import { composeSheet } from "./compose-sheet.ts";

/** Reads printed prompts by tesseract.js, offline. */
export interface PromptReader {
  /** For each prompt its readings, likeliest first, without blanks; none where nothing was read. */
  readonly read: (prompts: readonly PrintedPrompt[]) => Promise<string[][]>;
  /** Ends the worker; a later `read` starts a new one. */
  readonly close: () => Promise<void>;
}

const ALPHABETS = { digits: "0123456789", lowercase: "abcdefghijklmnopqrstuvwxyz", uppercase: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" } as const;

/** The worker starts at the first `read` and is kept; calls are answered one after the other. */
export function createPromptReader(): PromptReader {
  let worker: Promise<Worker> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const start = (): Promise<Worker> => {
    worker ??= openWorker().catch((error: unknown) => {
      worker = null;
      throw error;
    });
    return worker;
  };
  return {
    read: (prompts) => {
      const answer = queue.then(async () => readAll(await start(), prompts));
      queue = answer.catch(() => undefined);
      return answer;
    },
    close: async () => {
      const open = worker;
      worker = null;
      if (open !== null) await (await open).terminate();
    },
  };
}

/** Language data comes from the installed package: nothing is downloaded, nothing is written. */
function openWorker(): Promise<Worker> {
  const root = process.env.INKFORM_ROOT ?? process.cwd();
  const langPath = path.join(root, "node_modules", "@tesseract.js-data", "eng", "4.0.0_best_int");
  return createWorker("eng", 1, { langPath, gzip: true, cacheMethod: "none" });
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
  for (const [i, { kind, print, length }] of prompts.entries()) {
    if (kind === "digits") continue;
    for (const mode of [PSM.RAW_LINE, PSM.SINGLE_LINE]) {
      const text = await readAlone(worker, print, { kind, mode });
      if (text !== "") readings[i].push(text);
      if (text.length === length && new Set(text).size === length) break;
    }
  }
  return readings;
}

async function readAlone(worker: Worker, print: BinaryImage, how: { kind: PrintedPrompt["kind"]; mode: PSM }): Promise<string> {
  await configure(worker, how.kind, how.mode);
  const { data } = await worker.recognize(composeSheet([print]).pgm);
  return data.text.replace(/\s/g, "");
}

async function configure(worker: Worker, kind: PrintedPrompt["kind"], mode: PSM): Promise<void> {
  await worker.setParameters({ tessedit_char_whitelist: ALPHABETS[kind], tessedit_pageseg_mode: mode, user_defined_dpi: "300" });
}
