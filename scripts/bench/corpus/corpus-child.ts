/** A child process of the bench "corpus": makes a page, reads it, judges it, one after another; ends with its parent. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Rng } from "../../../lib/core/rng.ts";
import { closeNistReader } from "../../../lib/server/services/read/nist-reader.ts";
import { readScan, type ScanPage } from "../../../lib/server/services/read/read-scan.ts";
import type { CorpusPage } from "./corpus-kind.ts";
import { CORPUS_KINDS } from "./corpus-kinds.ts";
import { drawOverlay } from "./draw-overlay.ts";
import { judgePage } from "./judge-page.ts";
import type { PageVerdict } from "./page-verdict.ts";

export interface CorpusTask {
  readonly kind: string;
  readonly index: number;
  readonly seed: number;
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

const model = readFile(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink"));

async function work(task: CorpusTask): Promise<CorpusResult> {
  const kind = CORPUS_KINDS[task.kind]!;
  const startedAt = performance.now();
  const page = await kind.make({ rng: new Rng(seedOf(task)), index: task.index });
  const makeMs = performance.now() - startedAt;
  const before = process.cpuUsage();
  const scans: ScanPage[] = [];
  for await (const scan of readScan(page.file, { model: await model, previews: false })) scans.push(scan);
  const { user, system } = process.cpuUsage(before);
  const readings = scans.map(({ reading }) => reading);
  const verdicts = page.judge?.(readings) ?? judgePage(readings, page.sheets);
  const isRight = verdicts.every(
    ({ outcome, boxes, boxesRight }) => outcome === (kind.readable ? "read" : "refused") && boxesRight === boxes,
  );
  if (task.keep !== null && !isRight) await keepPage(task, page, { scans, verdicts });
  return { task, drawn: page.drawn, verdicts, readMs: (user + system) / 1000, makeMs, memoryMb: process.memoryUsage.rss() / 1e6 };
}

/** One seed a page: adding kinds or pages changes no other page. */
function seedOf({ kind, index, seed }: CorpusTask): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const char of `${kind} ${index}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return hash >>> 0;
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
