import type { ReactNode } from "react";
import classes from "./section.module.css";

interface TableProps {
  /** What it is of, for screen readers. */
  readonly label: string;
  readonly testid: string;
  /** One of several with the same columns. */
  readonly sums?: boolean;
  readonly children: ReactNode;
}

/** A table that scrolls sideways where the screen is narrower, by keys too. */
export function ScrollTable({ label, testid, sums = false, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={`${label}, a table`}>
      <table className={classes.table} data-sums={sums || undefined} data-testid={testid}>
        {children}
      </table>
    </div>
  );
}
