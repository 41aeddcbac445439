import type { ReactNode } from "react";
import classes from "./section.module.css";

/** A table that scrolls sideways where the screen is narrower, by keys too. @param label what it is of, for screen readers */
export function ScrollTable({ label, testid, children }: { label: string; testid: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={`${label}, a table`}>
      <table className={classes.table} data-testid={testid}>
        {children}
      </table>
    </div>
  );
}
