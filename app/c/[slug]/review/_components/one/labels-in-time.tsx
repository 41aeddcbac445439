import type { GlyphDetail } from "../../../../../../lib/contracts/review.ts";
import { formatMoment, formatPercent } from "../../../../../_components/format.ts";
import { describeLabel, signOf } from "./describe-label.ts";
import classes from "./glyph-panel.module.css";

/** Who said what about a glyph, in the order it came. */
export function LabelsInTime({ labels }: { labels: GlyphDetail["labels"] }) {
  return (
    <ol className={classes.history} aria-label="Labels in time">
      {labels.map((label, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: labels are only ever appended
        <li key={i}>
          <span className={classes.value}>{signOf(label)}</span>
          <span>
            {describeLabel(label)}
            {label.probability !== null && ` ${formatPercent(label.probability, 1)}`}
          </span>
          <time dateTime={label.at}>{formatMoment(label.at)}</time>
        </li>
      ))}
    </ol>
  );
}
