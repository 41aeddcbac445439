import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

/** Says what a list will hold and has the button that fills it. `picture` is decoration (an SVG), `children` the buttons. */
export function EmptyState(props: { title: string; text: ReactNode; picture?: ReactNode; children?: ReactNode }) {
  const { title, text, picture, children } = props;
  return (
    <section className={classes.empty} aria-label={title}>
      {picture !== undefined && <div className={classes.picture}>{picture}</div>}
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
        {children !== undefined && <div className={classes.actions}>{children}</div>}
      </div>
    </section>
  );
}
