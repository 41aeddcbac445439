import type { ReactNode } from "react";
import classes from "./settings.module.css";

/** Settings that belong together, under one name. */
export function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend>{name}</legend>
      <div className={classes.fields}>{children}</div>
    </fieldset>
  );
}
