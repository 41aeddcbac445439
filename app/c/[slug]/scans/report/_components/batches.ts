import type { PageSummary, ScanView } from "../../../../../../lib/contracts/scans.ts";

/** Files that were added at once. */
export interface Batch {
  readonly id: string;
  readonly addedAt: string;
  readonly scans: readonly ScanView[];
}

/** Newest first. A file without a batch is one of its own. */
export function listBatches(scans: readonly ScanView[]): Batch[] {
  const batches = new Map<string, ScanView[]>();
  for (const scan of scans) {
    const id = scan.batch ?? scan.id;
    batches.set(id, [...(batches.get(id) ?? []), scan]);
  }
  return [...batches].map(([id, own]) => ({ id, scans: own, addedAt: own[own.length - 1].createdAt }));
}

export interface Refused {
  readonly scan: ScanView;
  /** Null where the file as a whole could not be read. */
  readonly page: PageSummary | null;
}

export interface Counts {
  readonly files: number;
  readonly read: number;
  readonly refused: number;
  readonly duplicate: number;
  readonly elsewhere: number;
  readonly failedFiles: number;
  readonly waiting: number;
}

/** What became of a batch. Duplicates and pages of other collections are counted apart from those that could not be read. */
export function countBatch(scans: readonly ScanView[]): Counts {
  const pages = scans.flatMap((scan) => scan.pages);
  const duplicate = pages.filter(({ reason }) => reason?.code === "duplicate" || reason?.code === "replaced").length;
  const elsewhere = pages.filter(({ reason }) => reason?.code === "other-collection").length;
  return {
    files: scans.length,
    read: pages.filter(({ state }) => state === "read").length,
    refused: pages.filter(({ state }) => state === "rejected").length - duplicate - elsewhere,
    duplicate,
    elsewhere,
    failedFiles: scans.filter(isFailed).length,
    waiting: scans.filter(({ state }) => state === "queued" || state === "running").length,
  };
}

/** Everything of a batch that was not read, in the order it came. */
export function listRefused(scans: readonly ScanView[]): Refused[] {
  return scans.toReversed().flatMap((scan): Refused[] => {
    const pages = scan.pages.filter(({ state }) => state === "rejected").map((page) => ({ scan, page }));
    return isFailed(scan) ? [...pages, { scan, page: null }] : pages;
  });
}

function isFailed({ state }: ScanView): boolean {
  return state === "failed" || state === "stopped";
}
