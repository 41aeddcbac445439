import classes from "./loop-drawing.module.css";

/**
 * One station of the loop as one letter of a penmanship sheet: a cursive loop on ruled lines that joins its neighbours. Written
 * in ink where the station has something, dotted to be traced where it is still ahead, so that the state does not rest on colour.
 */
export function LoopDrawing({ state, order = 0 }: { state: "done" | "ahead"; order?: number }) {
  return (
    <svg viewBox="0 0 160 84" preserveAspectRatio="none" className={classes.loop} data-state={state} aria-hidden="true" focusable="false">
      <path className={classes.rule} d="M0 10H160M0 74H160" />
      <path className={classes.middle} d="M0 42H160" />
      <path
        className={classes.pen}
        style={{ animationDelay: `${order * 140}ms` }}
        pathLength={state === "done" ? 1 : undefined}
        d="M0 74C40 74 97 66 98 31C98 5 71 6 69 32C67 60 86 74 118 74C134 74 146 74 160 74"
      />
    </svg>
  );
}
