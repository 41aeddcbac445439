import type { DatasetView } from "../../../../../lib/contracts/datasets.ts";
import { formatCount } from "../../../../_components/format.ts";
import classes from "./split-bar.module.css";

/** How the examples fall into train, validation and test; each part named beside its hatching. */
export function SplitBar({ splits }: { splits: DatasetView["splits"] }) {
  const parts = (["train", "validation", "test"] as const)
    .map((name) => ({ name, examples: splits[name].examples }))
    .filter((part) => part.examples > 0);
  return (
    <span className={classes.split}>
      <span className={classes.bar} aria-hidden="true">
        {parts.map((part) => (
          <span key={part.name} data-part={part.name} style={{ flexGrow: part.examples }} />
        ))}
      </span>
      <span className={classes.names}>
        {parts.map((part) => (
          <span key={part.name} data-part={part.name}>
            {part.name} {formatCount(part.examples)}
          </span>
        ))}
      </span>
    </span>
  );
}
