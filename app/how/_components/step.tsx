import type { ReactNode } from "react";
import classes from "./how.module.css";

/** One step of the story: its text at the left, its figure at the right, the file that does it below. */
export function Step(props: { number: number; title: string; figure: ReactNode; file: string; children: ReactNode }) {
  return (
    <section className={classes.step} aria-label={props.title}>
      <div className={classes.text}>
        <h2>
          <span aria-hidden="true">{props.number}</span> {props.title}
        </h2>
        {props.children}
        <p className={classes.file}>
          <code>{props.file}</code>
        </p>
      </div>
      <div className={classes.figure}>{props.figure}</div>
    </section>
  );
}

/** A letter of the formulas within the text. */
export function Var({ children }: { children: string }) {
  return <var className={classes.variable}>{children}</var>;
}
