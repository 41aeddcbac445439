"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { type CurvePoint, type RunView, runViewSchema } from "../../../../../lib/contracts/runs.ts";
import { sendJson } from "../../../../_components/api-client.ts";
import { ErrorNotice } from "../../../../_components/error-notice.tsx";
import { formatCount, formatPercent } from "../../../../_components/format.ts";
import { WorkProgress } from "../../../../_components/work-progress.tsx";
import { RunCurve } from "./run-curve.client.tsx";
import classes from "./run-live.module.css";

interface RunLiveProps {
  readonly run: RunView;
  readonly curve: readonly CurvePoint[];
  readonly reload: (options?: { anew: boolean }) => Promise<void>;
  readonly height?: number;
}

/** A run at work: how far, how fast, how good, its curve, stop and resume. */
export function RunLive({ run, curve, reload, height }: RunLiveProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ title: string; error: unknown } | null>(null);
  const active = run.state === "queued" || run.state === "running";
  const last = curve.at(-1) ?? null;
  // To the server a pause is a stop: both keep a checkpoint and what was learned.
  const [paused, setPaused] = useState(false);
  const act = async (what: "pause" | "stop" | "resume") => {
    setBusy(true);
    setFailure(null);
    setPaused(what === "pause");
    try {
      await sendJson(runViewSchema, "POST", `/api/runs/${run.id}/${what === "resume" ? "resume" : "stop"}`);
      await reload({ anew: what === "resume" });
    } catch (error) {
      setFailure({ title: what === "resume" ? "The run does not go on" : "The run was not stopped", error });
    }
    setBusy(false);
  };
  const resumable = run.state === "stopped" || run.state === "failed";
  return (
    <div className={classes.live}>
      <div className={classes.head}>
        <div className={classes.progress}>
          {active ? (
            <WorkProgress
              label={run.state === "queued" ? "Waiting for its turn" : last === null ? "Reading the data" : describeEpoch(run, last)}
              fraction={last === null ? null : run.fraction}
              rate={last === null ? undefined : `${formatCount(Math.round(last.samplesPerSecond))} samples/s`}
              secondsLeft={run.state === "running" ? (last?.secondsLeft ?? run.secondsLeft) : null}
            />
          ) : (
            <p className={classes.after}>
              {run.state === "stopped" &&
                `${paused ? "Paused" : "Stopped"}. What it had learned is kept; Resume goes on from there, to the same weights.`}
              {run.state === "done" &&
                last !== null &&
                `Done after ${last.seconds.toFixed(1)} s at ${formatCount(Math.round(last.samplesPerSecond))} samples/s.`}
            </p>
          )}
        </div>
        {active && (
          <div className={classes.buttons}>
            <Button variant="default" onClick={() => void act("pause")} disabled={busy} data-testid="run-pause">
              Pause
            </Button>
            <Button variant="default" onClick={() => void act("stop")} loading={busy} data-testid="run-stop">
              Stop and keep
            </Button>
          </div>
        )}
        {resumable && (
          <Button onClick={() => void act("resume")} loading={busy} data-testid="run-resume">
            Resume
          </Button>
        )}
      </div>
      {run.state === "failed" && (
        <ErrorNotice title="The training failed" error={run.failure ?? "It did not say why; the server's log has the cause."} />
      )}
      {failure !== null && <ErrorNotice title={failure.title} error={failure.error} onClose={() => setFailure(null)} />}
      <dl className={classes.figures} aria-label="Figures">
        <Figure name="Loss" value={last === null ? "–" : last.loss.toFixed(4)} testId="run-loss" />
        <Figure name="Errors in train" value={latestOf(curve, "trainError")} />
        <Figure name="Errors in validation" value={latestOf(curve, "validationError")} />
        <Figure name="Samples/s" value={last === null ? "–" : formatCount(Math.round(last.samplesPerSecond))} testId="run-rate" />
      </dl>
      <RunCurve name={`run ${run.number}`} epochs={run.settings.epochs * run.settings.members} curve={curve} height={height} />
    </div>
  );
}

/** The curve's epochs add up over a committee's networks. */
function describeEpoch({ settings: { epochs, members } }: RunView, { epoch, member }: CurvePoint): string {
  const own = Math.min(epochs, Math.floor(epoch - (member - 1) * epochs) + 1);
  return `${members === 1 ? "Epoch" : `Network ${member} of ${members}, epoch`} ${own} of ${epochs}`;
}

function latestOf(curve: readonly CurvePoint[], key: "trainError" | "validationError"): string {
  const value = curve.findLast((point) => point[key] !== null)?.[key] ?? null;
  return value === null ? "–" : formatPercent(value);
}

/** One number with its name under a training. */
export function Figure({ name, value, testId }: { name: string; value: string; testId?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={testId}>{value}</dd>
    </div>
  );
}
