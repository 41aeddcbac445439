import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { InkformError } from "../../../core/inkform-error.ts";
import { rejectPage } from "../../../pipeline/reject-page.ts";
import { createProcessPool } from "../../threads/create-process-pool.ts";
import type { ReadRequest } from "../../threads/read.worker.ts";
import { closeNistReader } from "./nist-reader.ts";
import type { PageCost } from "./page-cost.ts";
import { readScan, type ScanPage } from "./read-scan.ts";
import type { ResultPage } from "./result-writer.ts";

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
  readonly onPage?: (page: ResultPage, done: number, cost?: PageCost) => void;
}

export interface ReadFilesResult {
  /** In the order of the files, then of their pages: whatever the number of threads. */
  readonly pages: readonly ResultPage[];
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

/** Reads files; one that can't be read is one rejected page, and the others go on. */
export async function readFiles(paths: readonly string[], options: ReadFilesOptions): Promise<ReadFilesResult> {
  const { scans, references } = sortPaths(paths);
  const results: ResultPage[][] = scans.map(() => []);
  let failedFiles = 0;
  let done = 0;
  let next = 0;
  const pool =
    options.threads > 1
      ? createProcessPool<ReadRequest, ScanPage>({
          name: "reading",
          entry: join(options.root, "build", "threads", "read.mjs"),
          size: options.threads,
          env: { INKFORM_ROOT: options.root },
        })
      : null;

  const settings = { model: options.model, previews: options.previews ?? false, measure: options.measure ?? false };
  const readOne = async (path: string, out: ResultPage[]): Promise<void> => {
    const add = (page: number, part: number, reading: ResultPage["reading"], cost?: PageCost): void => {
      const result = { file: path, page, part, reading };
      out.push(result);
      options.onPage?.(result, ++done, cost);
    };
    try {
      const bytes = await readInput(path);
      const reference = await readReference(path, references);
      const request = { name: basename(path), bytes };
      const pages = pool
        ? pool.run({ ...request, ...settings, skipPages: [], ...(reference !== undefined && { reference }) })
        : readScan(request, { ...settings, ...(reference !== undefined && { reference }) });
      for await (const { number, part, reading, cost } of pages) add(number, part, reading, cost);
    } catch (error) {
      if (!(error instanceof InkformError)) throw error;
      if (out.length === 0) failedFiles++;
      add((out.at(-1)?.page ?? 0) + 1, 1, rejectPage("decode-failed", error.message));
    }
  };
  const work = async (): Promise<void> => {
    while (next < scans.length) {
      const index = next++;
      await readOne(scans[index], results[index]);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(options.threads, scans.length) }, work));
  } finally {
    await pool?.close();
    await closeNistReader();
  }
  return { pages: results.flat(), failedFiles };
}

async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "is not there" : "can't be opened";
    throw new InkformError("not-found", `${path} ${reason}. Check its name and that you may read it.`, error);
  }
}

/** f1002_33.png is written on template 33: its prompts are in ref_33.txt. */
async function readReference(path: string, references: ReadonlyMap<string, string>): Promise<string | undefined> {
  const template = /_(\d{2})(?:\D[^/]*)?\.[^.]+$/.exec(basename(path))?.[1];
  const reference = template === undefined ? undefined : references.get(template);
  return reference === undefined ? undefined : Buffer.from(await readInput(reference)).toString("utf8");
}
