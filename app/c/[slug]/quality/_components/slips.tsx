import Link from "next/link";
import type { FusionSummary } from "../../../../../lib/contracts/quality.ts";
import { formatPercent, formatPlural } from "../../../../_components/format.ts";
import classes from "./section.module.css";

/** Fields in which the writer seems to have left a character out or put one in, so that all after it are one off. */
export function Slips({ slug, slips }: { slug: string; slips: FusionSummary["slips"] }) {
  if (slips.length === 0) return null;
  return (
    <section aria-label="Slipped fields">
      <h2 className={classes.title}>Lost the place</h2>
      <p className={classes.words}>
        In {formatPlural(slips.length, "field")} the writer seems to have left a character out or put one in: from there on every prompt is
        one box off.
      </p>
      <ul className={classes.list} data-testid="slips">
        {slips.map(({ pageId, field, probability }) => (
          <li key={`${pageId} ${field}`}>
            <Link href={`/c/${slug}/review?state=all&page=${pageId}`}>Field {field}</Link>
            <span className={classes.bar} aria-hidden="true">
              <span style={{ width: `${100 * probability}%` }} />
            </span>
            <span>{formatPercent(probability, 1)} likely</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
