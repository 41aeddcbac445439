import Link from "next/link";
import type { FusionSummary } from "../../../../../lib/contracts/quality.ts";
import { formatCount } from "../../../../_components/format.ts";
import classes from "./section.module.css";

const SHOWN = 20;

/** Whose labels are expected to hold most errors. */
export function DoubtByWriter({ slug, writers }: { slug: string; writers: FusionSummary["writers"] }) {
  const most = Math.max(1e-9, ...writers.map(({ expectedErrors }) => expectedErrors));
  return (
    <section aria-label="By writer">
      <h2 className={classes.title}>Expected errors by writer</h2>
      <ul className={classes.list} data-testid="doubt-by-writer">
        {writers.slice(0, SHOWN).map(({ writer, glyphs, expectedErrors, corrected }) => (
          <li key={writer}>
            <Link href={`/c/${slug}/review?state=all&order=doubt&writer=${encodeURIComponent(writer)}`}>
              {writer === "" ? "unknown" : writer}
            </Link>
            <span className={classes.bar} aria-hidden="true">
              <span style={{ width: `${(100 * expectedErrors) / most}%` }} />
            </span>
            <span>
              {expectedErrors.toFixed(1)} of {formatCount(glyphs)}
              {corrected > 0 && `, ${formatCount(corrected)} corrected`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
