"use client";

import { useEffect, useState } from "react";
import { formatCount, formatDuration } from "../../../../../_components/format.ts";
import { findRate } from "./find-rate.ts";

interface ProgressProps {
  /** Glyphs that wait, or are shown where none waits. */
  readonly count: number | null;
  readonly waiting: boolean;
  /** Of decisions. */
  readonly moments: readonly number[];
}

/** What is left, how fast it goes, how long it will take. */
export function ReviewProgress({ count, waiting, moments }: ProgressProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5000);
    return () => clearInterval(timer);
  }, []);
  const rate = findRate(moments, Math.max(now, moments.at(-1) ?? 0));
  return (
    <span data-testid="review-progress" data-count={count ?? ""}>
      {count === null ? "\u00a0" : `${formatCount(count)} ${waiting ? "left" : "shown"}`}
      {rate !== null && ` · ${formatCount(Math.round(rate))} a minute`}
      {rate !== null && waiting && count !== null && count > 0 && ` · about ${formatDuration((count / rate) * 60)} to go`}
    </span>
  );
}
