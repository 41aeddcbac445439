import type { PageSummary } from "../../../../../lib/contracts/scans.ts";
import { formatCount, formatPlural } from "../../../../_components/format.ts";
import { IconCheck, IconCross, IconWarning } from "../../../../_components/icons.tsx";
import classes from "./page-state.module.css";

/** Found or not found, in a shape and in words. */
export function PageState({ page }: { page: Pick<PageSummary, "state" | "glyphs" | "disagreeing"> }) {
  switch (page.state) {
    case "waiting":
      return <span className={classes.state}>Being read</span>;
    case "rejected":
      return (
        <span className={classes.state} data-kind="rejected">
          <IconCross size={16} /> Not found
        </span>
      );
    case "read":
      return (
        <span className={classes.states}>
          <span className={classes.state} data-kind="read">
            <IconCheck size={16} /> {page.glyphs === 0 ? "Found, nothing written" : formatPlural(page.glyphs, "glyph")}
          </span>
          {page.disagreeing > 0 && (
            <span className={classes.state} data-kind="doubt">
              <IconWarning size={15} /> {formatCount(page.disagreeing)} in doubt
            </span>
          )}
        </span>
      );
  }
}
