import { formatPercent } from "../../../../../_components/format.ts";
import classes from "./evidence-bars.module.css";
import type { Evidence } from "./list-evidence.ts";

/** Of the classes that are left out. */
const LEAST_REST = 0.0005;

interface BarsProps {
  readonly evidence: readonly Evidence[];
  /** What the estimate leaves for all classes that are not listed. */
  readonly rest: number | null;
}

/** The posterior: for each class a bar of what all sources together amount to, a thinner one of the model alone, and who else says so. */
export function EvidenceBars({ evidence, rest }: BarsProps) {
  return (
    <ul className={classes.bars} aria-label="What speaks for each class" data-testid="evidence">
      {evidence.map(({ value, estimate, model, by }) => (
        <li key={value}>
          <strong>{value}</strong>
          <span className={classes.tracks} aria-hidden="true">
            <span className={classes.track} data-kind="estimate">
              <span style={{ width: `${100 * (estimate ?? 0)}%` }} />
            </span>
            <span className={classes.track} data-kind="model">
              <span style={{ width: `${100 * (model ?? 0)}%` }} />
            </span>
          </span>
          <span className={classes.words}>
            {[
              estimate === null ? null : `estimate ${formatPercent(estimate, 1)}`,
              model === null ? null : `model ${formatPercent(model, 1)}`,
              ...by,
            ]
              .filter((words) => words !== null)
              .join(" · ")}
          </span>
        </li>
      ))}
      {rest !== null && rest >= LEAST_REST && (
        <li>
          <span className={classes.words}>all others together {formatPercent(rest, 1)}</span>
        </li>
      )}
    </ul>
  );
}
