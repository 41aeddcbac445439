import { basename, join, resolve } from "node:path";
import { InkformError } from "../../../core/inkform-error.ts";
import type { PageReading } from "../../../pipeline/page-reading.ts";
import { rejectPage } from "../../../pipeline/reject-page.ts";
import { createProcessPool } from "../../threads/create-process-pool.ts";
import type { ReadCommon, ReadRequest } from "../../threads/read.worker.ts";
import { MOST_STAGE_MS } from "./most-stage-ms.ts";
import { closeNistReader } from "./nist-reader.ts";
import type { PageCost } from "./page-cost.ts";
import { readInput } from "./read-input.ts";
import { readScan, type ScanPage } from "./read-scan.ts";
import type { ResultPage, ResultReading } from "./result-writer.ts";

export interface ReadFilesOptions {
  /** Child processes; 1 reads in this process. */
  readonly threads: number;
  readonly model: Uint8Array;
  /** The program's folder, with build/threads. */
  readonly root: string;
  /** Make previews, as the app does. Default false: the result has none. */
  readonly previews?: boolean;
  /** Measure what each page costs, for `onPage`. Default false. */
  readonly measure?: boolean;
  /** Each page as it is done. */
  readonly onPage?: (page: ResultPage, done: number, cost?: PageCost) => void;
  /** Each page in the order of the files, then of their pages, whatever the number of threads. Reading waits for it. */
  readonly write: (page: ResultPage) => Promise<void>;
}

export interface ReadFilesResult {
  readonly pages: number;
  /** Of them, those not rejected. */
  readonly read: number;
  /** Files of which nothing could be read at all. */
  readonly failedFiles: number;
}

/** The reference files (`ref_33.txt`) among paths, by template number, and the others. */
export function sortPaths(paths: readonly string[]): { scans: string[]; references: Map<string, string> } {
  const references = new Map<string, string>();
  const scans: string[] = [];
  for (const path of paths) {
    const match = /^ref_?(\d{1,2})\.txt$/i.exec(basename(path));
    if (match) references.set(match[1].padStart(2, "0"), path);
    else scans.push(path);
  }
  return { scans, references };
}

/**
 * Reads files; one that can't be read is one rejected page, and the others go on. Only pages that wait for one before them are kept.
 * @throws what `write` throws
 */
export async function readFiles(paths: readonly string[], options: ReadFilesOptions): Promise<ReadFilesResult> {
  const { scans, references } = sortPaths(paths);
  const queue = createWriteQueue(scans.length, options.write);
  let failedFiles = 0;
  let done = 0;
  let read = 0;
  let next = 0;
  const pool =
    options.threads > 1
      ? createProcessPool<ReadRequest, ScanPage>({
          name: "reading",
          entry: join(options.root, "build", "threads", "read.mjs"),
          size: options.threads,
          env: { INKFORM_ROOT: options.root },
          busyMs: MOST_STAGE_MS,
          common: { model: options.model } satisfies ReadCommon,
        })
      : null;

  const settings = { previews: options.previews ?? false, measure: options.measure ?? false };
  const readOne = async (path: string, index: number): Promise<void> => {
    let last = 0;
    const add = (page: number, part: number, reading: PageReading, cost?: PageCost): void => {
      const result = { file: path, page, part, reading: keepForResult(reading) };
      queue.add(index, result);
      last = page;
      if (reading.status === "read") read++;
      options.onPage?.(result, ++done, cost);
    };
    try {
      const reference = await readReference(path, references);
      const name = basename(path);
      // A child opens the file itself: a scan's bytes would go through a pipe.
      const pages = pool
        ? pool.run({
            name,
            path: resolve(path),
            ...settings,
            skipPages: [],
            withPictures: false,
            ...(reference !== undefined && { reference }),
          })
        : readScan(
            { name, bytes: await readInput(path) },
            { ...settings, model: options.model, ...(reference !== undefined && { reference }) },
          );
      for await (const { number, part, reading, cost } of pages) add(number, part, reading, cost);
    } catch (error) {
      if (!(error instanceof InkformError)) throw error;
      if (last === 0) failedFiles++;
      // Of a process that was ended only this part of the program knows with which file.
      const what = error.code === "unavailable" ? `${path}, page ${last + 1}, could not be read: ${error.message}` : error.message;
      add(last + 1, 1, rejectPage("decode-failed", what));
    }
  };
  const work = async (): Promise<void> => {
    while (next < scans.length) {
      const index = next++;
      await readOne(scans[index], index);
      await queue.close(index);
    }
  };
  try {
    // One more than there are children: the next file is there when one of them is done, whatever is being written.
    await Promise.all(Array.from({ length: Math.min(pool ? options.threads + 1 : 1, scans.length) }, work));
  } finally {
    await pool?.close();
    await closeNistReader();
  }
  return { pages: done, read, failedFiles };
}

/** Hands pages on in the files' order: those of the first file that is not done as they come, those of later ones when it is their turn. */
function createWriteQueue(files: number, write: (page: ResultPage) => Promise<void>) {
  const waiting = new Map<number, ResultPage[]>();
  const closed = new Set<number>();
  let front = 0;
  let written = Promise.resolve();
  const flush = (): void => {
    for (; front < files; front++) {
      for (const page of waiting.get(front)?.splice(0) ?? []) {
        written = written.then(() => write(page));
        // It is awaited by whoever closes the next file: until then a failure is not unheard of.
        written.catch(() => {});
      }
      if (!closed.delete(front)) return;
      waiting.delete(front);
    }
  };
  return {
    add(file: number, page: ResultPage): void {
      const pages = waiting.get(file) ?? [];
      pages.push(page);
      waiting.set(file, pages);
      flush();
    },
    /** No more pages of this file. Resolves when all that could be written is. */
    close(file: number): Promise<void> {
      closed.add(file);
      flush();
      return written;
    },
  };
}

/** Without outlines and cut-out glyphs; the 28 x 28 images as copies, for those that come from a child share one message's memory with all else in it. */
function keepForResult(reading: PageReading): ResultReading {
  return {
    ...reading,
    fields: reading.fields.map(({ name, kind, prompt, promptSource, glyphs }) => ({
      name,
      kind,
      prompt,
      promptSource,
      glyphs: glyphs.map(({ bounds, image, label, status, prediction }) => ({ bounds, image: image.slice(), label, status, prediction })),
    })),
  };
}

/** f1002_33.png is written on template 33: its prompts are in ref_33.txt. */
async function readReference(path: string, references: ReadonlyMap<string, string>): Promise<string | undefined> {
  const template = /_(\d{2})(?:\D[^/]*)?\.[^.]+$/.exec(basename(path))?.[1];
  const reference = template === undefined ? undefined : references.get(template);
  return reference === undefined ? undefined : Buffer.from(await readInput(reference)).toString("utf8");
}
