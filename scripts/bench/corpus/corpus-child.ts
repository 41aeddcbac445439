/** A child process of the bench "corpus": makes a page, reads it, judges it, one after another; ends with its parent. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { closeNistReader } from "../../../lib/server/services/read/nist-reader.ts";
import type { ScanPage } from "../../../lib/server/services/read/read-scan.ts";
import type { CorpusPage } from "./corpus-kind.ts";
import { CORPUS_KINDS } from "./corpus-kinds.ts";
import { drawOverlay } from "./draw-overlay.ts";
import type { PageVerdict } from "./page-verdict.ts";
import { type CorpusPageName, makeCorpusPage, readCorpusPage } from "./read-corpus-page.ts";

export interface CorpusTask extends CorpusPageName {
  /** Folder for the pictures of pages that were not read right; null keeps none. */
  readonly keep: string | null;
}

export interface CorpusResult {
  readonly task: CorpusTask;
  readonly drawn: string;
  readonly verdicts: readonly PageVerdict[];
  /** Processor time of decoding and reading, without making: what else the machine does does not count. */
  readonly readMs: number;
  readonly makeMs: number;
  readonly memoryMb: number;
}

async function work(task: CorpusTask): Promise<CorpusResult> {
  const startedAt = performance.now();
  const page = await makeCorpusPage(task);
  const makeMs = performance.now() - startedAt;
  const before = process.cpuUsage();
  const { scans, verdicts } = await readCorpusPage(page);
  const { user, system } = process.cpuUsage(before);
  const wanted = CORPUS_KINDS[task.kind]!.readable ? "read" : "refused";
  const isRight = verdicts.every(({ outcome, boxes, boxesRight }) => outcome === wanted && boxesRight === boxes);
  if (task.keep !== null && !isRight) await keepPage(task, page, { scans, verdicts });
  return { task, drawn: page.drawn, verdicts, readMs: (user + system) / 1000, makeMs, memoryMb: process.memoryUsage.rss() / 1e6 };
}

async function keepPage(
  task: CorpusTask,
  page: CorpusPage,
  { scans, verdicts }: { scans: readonly ScanPage[]; verdicts: readonly PageVerdict[] },
): Promise<void> {
  const name = join(task.keep!, `${task.kind}-${task.index}`);
  await mkdir(task.keep!, { recursive: true });
  await writeFile(`${name}-${page.file.name}`, page.file.bytes);
  const rejected = scans.map(({ reading }) => reading.reason);
  await writeFile(`${name}.json`, JSON.stringify({ task, drawn: page.drawn, rejected, verdicts }, null, 1));
  await writeFile(`${name}-overlay.jpg`, await drawOverlay(page, scans));
}

process.on("message", (task: CorpusTask) => {
  void work(task).then(
    (result) => process.send!({ result }),
    (error: unknown) => process.send!({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on("disconnect", () => void closeNistReader().then(() => process.exit(0)));
