"use client";

import { Button } from "@mantine/core";
import { formatCount, formatPercent, formatPlural } from "../../../../_components/format.ts";
import { WorkProgress } from "../../../../_components/work-progress.tsx";
import { RunCurve } from "./run-curve.client.tsx";
import { Figure } from "./run-live.client.tsx";
import live from "./run-live.module.css";
import type { TabState, TabStore } from "./tab-store.ts";
import classes from "./train-in-tab.module.css";

/** A training in this tab: how far, how fast, how good, its curve; pause, go on, stop. */
export function TabLive({ state, store }: { state: TabState; store: TabStore }) {
  const { phase, settings, started, curve } = state;
  const last = curve.at(-1) ?? null;
  const epochs = settings?.epochs ?? 1;
  const active = phase === "loading" || phase === "running" || phase === "paused";
  const validation = curve.findLast((point) => point.validationError !== null)?.validationError ?? null;
  return (
    <div className={live.live}>
      <div className={live.head}>
        <div className={live.progress}>
          {active ? (
            <WorkProgress
              label={
                phase === "loading"
                  ? "Getting the data"
                  : `${phase === "paused" ? "Paused in epoch" : "Epoch"} ${Math.min(epochs, Math.floor(last?.epoch ?? 0) + 1)} of ${epochs}`
              }
              fraction={phase === "loading" ? null : (last?.epoch ?? 0) / epochs}
              rate={last === null || phase === "paused" ? undefined : `${formatCount(Math.round(last.samplesPerSecond))} samples/s`}
              secondsLeft={last?.secondsLeft}
            />
          ) : (
            <p className={live.after} role="status" data-testid="tab-after">
              {phase === "done" &&
                last !== null &&
                `${state.stopped ? "Stopped" : "Done"} after ${last.seconds.toFixed(1)} s in this tab. Draw a character and see it read.`}
            </p>
          )}
        </div>
        {active && (
          <div className={classes.buttons}>
            {phase === "paused" ? (
              <Button onClick={() => store.resume()} data-testid="tab-resume">
                Resume
              </Button>
            ) : (
              <Button variant="default" onClick={() => store.pause()} disabled={phase === "loading"} data-testid="tab-pause">
                Pause
              </Button>
            )}
            <Button variant="default" onClick={() => store.stop()} data-testid="tab-stop">
              Stop
            </Button>
          </div>
        )}
      </div>
      <dl className={live.figures} aria-label="Figures">
        <Figure name="Loss" value={last === null ? "–" : last.loss.toFixed(4)} testId="tab-loss" />
        <Figure name="Errors in validation" value={validation === null ? "–" : formatPercent(validation)} testId="tab-error" />
        <Figure name="Samples/s" value={last === null ? "–" : formatCount(Math.round(last.samplesPerSecond))} testId="tab-rate" />
        <Figure name="Threads" value={started === null ? "–" : String(started.threads)} testId="tab-threads" />
      </dl>
      {started !== null && (
        <p className={classes.about}>
          {formatPlural(started.examples, "example")} to learn from
          {started.validation > 0 && `, ${formatCount(started.validation)} ${started.heldBack ? "held back" : "to validate on"}`}.
        </p>
      )}
      <RunCurve name="the training in this tab" epochs={epochs} curve={curve} height={260} />
    </div>
  );
}
