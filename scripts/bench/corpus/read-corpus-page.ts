import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Rng } from "../../../lib/core/rng.ts";
import { readScan, type ScanPage } from "../../../lib/server/services/read/read-scan.ts";
import type { CorpusPage } from "./corpus-kind.ts";
import { CORPUS_KINDS } from "./corpus-kinds.ts";
import { judgePage } from "./judge-page.ts";
import type { PageVerdict } from "./page-verdict.ts";

const model = readFile(join(import.meta.dirname, "../../../lib/mlp/starter/starter.ink"));

export interface CorpusPageName {
  readonly kind: string;
  /** Within the kind, from 0. */
  readonly index: number;
  readonly seed: number;
}

/** Makes a page of the corpus: the same name, the same bytes. Each has a seed of its own: adding kinds or pages changes no other. */
export function makeCorpusPage({ kind, index, seed }: CorpusPageName): Promise<CorpusPage> {
  let hash = 0x811c9dc5 ^ seed;
  for (const char of `${kind} ${index}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return CORPUS_KINDS[kind]!.make({ rng: new Rng(hash >>> 0), index });
}

/** Reads a picture as the app does and compares what was read with the truth. */
export async function readCorpusPage(page: CorpusPage): Promise<{ scans: readonly ScanPage[]; verdicts: readonly PageVerdict[] }> {
  const scans: ScanPage[] = [];
  for await (const scan of readScan(page.file, { model: await model, previews: false })) scans.push(scan);
  const readings = scans.map(({ reading }) => reading);
  return { scans, verdicts: page.judge?.(readings) ?? judgePage(readings, page.sheets) };
}
