import Link from "next/link";
import type { EvaluationView } from "../../../../../lib/contracts/runs.ts";
import { wilsonInterval } from "../../../../../lib/evaluation/wilson-interval.ts";
import { formatCount, formatErrorRate } from "../../../../_components/format.ts";
import classes from "./by-writer.module.css";

/** Whose hand is read worst: the rate as a dot, its interval as a line. */
export function ByWriter({ slug, evaluation }: { slug: string; evaluation: EvaluationView }) {
  const rows = evaluation.byWriter.map((row) => ({
    ...row,
    errorRate: row.errors / row.count,
    interval: wilsonInterval(row.errors, row.count),
  }));
  const top = Math.max(0.02, ...rows.map((row) => row.interval[1]));
  const at = (rate: number) => `${(100 * rate) / top}%`;
  return (
    <section aria-label="By writer">
      <h2 className={classes.title}>By writer</h2>
      <ul className={classes.list}>
        {rows.map((row) => (
          <li key={row.writer}>
            <Link href={`/c/${slug}/review?state=all&writer=${encodeURIComponent(row.writer)}`}>
              {row.writer === "" ? "unknown" : row.writer}
            </Link>
            <span className={classes.scale} aria-hidden="true">
              <span className={classes.interval} style={{ left: at(row.interval[0]), right: `calc(100% - ${at(row.interval[1])})` }} />
              <span className={classes.dot} style={{ left: at(row.errorRate) }} />
            </span>
            <span className={classes.rate}>
              {formatErrorRate(row)}
              <small>
                {formatCount(row.errors)} of {formatCount(row.count)}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
