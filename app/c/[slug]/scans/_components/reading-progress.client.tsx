"use client";

import { useRef } from "react";
import type { ScanView } from "../../../../../lib/contracts/scans.ts";
import { formatPlural } from "../../../../_components/format.ts";
import { WorkProgress } from "../../../../_components/work-progress.tsx";

/** How far the reading is over all files of this go, how many pages a minute, how long still. */
export function ReadingProgress({ scans }: { scans: readonly ScanView[] }) {
  const go = useRef<{ startedAt: number; pagesBefore: number; files: Set<string> } | null>(null);
  const underWay = scans.filter(isUnderWay);
  const pagesDone = scans.reduce((sum, scan) => sum + scan.pages.filter((page) => page.state !== "waiting").length, 0);
  if (underWay.length === 0) {
    go.current = null;
    return null;
  }
  if (go.current === null) go.current = { startedAt: performance.now(), pagesBefore: pagesDone, files: new Set() };
  for (const scan of underWay) go.current.files.add(scan.id);
  const { startedAt, pagesBefore, files } = go.current;
  const seconds = (performance.now() - startedAt) / 1000;
  const done = scans.filter((scan) => files.has(scan.id)).reduce((sum, scan) => sum + (isUnderWay(scan) ? scan.fraction : 1), 0);
  const fraction = done / files.size;
  const pagesNow = pagesDone - pagesBefore;
  const known = seconds > 2 && pagesNow > 0;
  const reading = underWay.find((scan) => scan.state === "running");
  const detail =
    reading === undefined
      ? "waiting for a free place"
      : reading.message === ""
        ? reading.fileName
        : `${reading.fileName}: ${reading.message}`;
  return (
    <div style={{ maxWidth: "46rem", marginBottom: "1.75rem" }}>
      <WorkProgress
        label={`Reading ${formatPlural(underWay.length, "file")} · ${detail}`}
        fraction={fraction}
        rate={known ? `${((pagesNow / seconds) * 60).toFixed(0)} pages/min` : undefined}
        secondsLeft={known && fraction > 0.02 ? (seconds * (1 - fraction)) / fraction : null}
      />
    </div>
  );
}

function isUnderWay(scan: ScanView): boolean {
  return scan.state === "queued" || scan.state === "running";
}
