import type { PageSummary } from "../../../../../lib/contracts/scans.ts";
import { formatCount, formatPlural } from "../../../../_components/format.ts";
import { IconCheck, IconCross, IconWarning } from "../../../../_components/icons.tsx";
import classes from "./page-state.module.css";

/** What a refused page is called. */
export function refusedAs(code: string | undefined): string {
  if (code === "duplicate") return "Read before";
  if (code === "replaced") return "Replaced";
  if (code === "other-collection") return "Another collection\u2019s";
  return "Refused";
}

/** Found or not found, in a shape and in words. */
export function PageState({ page }: { page: Pick<PageSummary, "state" | "glyphs" | "disagreeing" | "reason"> }) {
  switch (page.state) {
    case "waiting":
      return <span className={classes.state}>Being read</span>;
    case "rejected":
      return (
        <span className={classes.state} data-kind="rejected">
          <IconCross size={16} /> {refusedAs(page.reason?.code)}
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
