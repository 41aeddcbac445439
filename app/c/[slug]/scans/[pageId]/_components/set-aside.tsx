import type { SetAsideLabel } from "../../../../../../lib/contracts/scans.ts";
import { formatPlural } from "../../../../../_components/format.ts";
import classes from "./read-by-hand.module.css";

/** Labels people gave to ink that was not found again when the page was read anew: nothing they said is lost without a word. */
export function SetAside({ labels }: { labels: readonly SetAsideLabel[] }) {
  return (
    <details>
      <summary>{formatPlural(labels.length, "label")} set aside when this page was read again</summary>
      <ul className={classes.aside}>
        {labels.map(({ field, index, prompt, kind, value, by, at }) => (
          <li key={`${field} ${index} ${at}`}>
            {field}, box {index + 1}
            {prompt !== null && ` (asked for ${prompt})`}: {kind === "class" ? value : kind}, by {by}, {new Date(at).toLocaleString()}
          </li>
        ))}
      </ul>
    </details>
  );
}
