import type { RunView } from "../../../../../lib/contracts/runs.ts";
import { formatPercent } from "../../../../_components/format.ts";
import classes from "./run-state.module.css";

const NAMES: Record<RunView["state"], string> = {
  queued: "waiting",
  running: "learning",
  done: "done",
  failed: "failed",
  stopped: "stopped",
};
const SHAPES: Record<RunView["state"], string> = { queued: "○", running: "◐", done: "●", failed: "▲", stopped: "■" };

/** A run's state in shape and word. */
export function RunState({ run }: { run: RunView }) {
  return (
    <span className={classes.state} data-state={run.state} data-testid="run-state">
      <span aria-hidden="true">{SHAPES[run.state]}</span> {NAMES[run.state]}
      {run.state === "running" && ` ${formatPercent(run.fraction, 0)}`}
    </span>
  );
}
