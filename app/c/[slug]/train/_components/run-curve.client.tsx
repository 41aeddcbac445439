"use client";

import { Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import type { CurvePoint } from "../../../../../lib/contracts/runs.ts";
import { CurveChart, type CurveLine } from "./curve-chart.client.tsx";
import classes from "./run-curve.module.css";

interface RunCurveProps {
  /** Of what, for those who do not see it: "run 3". */
  readonly name: string;
  /** Epochs that it will have. */
  readonly epochs: number;
  readonly curve: readonly CurvePoint[];
  readonly height?: number;
}

/** Loss and errors of one training over its epochs. */
export function RunCurve({ name, epochs, curve, height }: RunCurveProps) {
  const [log, setLog] = useState(true);
  const lines = useMemo(() => toLines(curve), [curve]);
  return (
    <div className={classes.curve}>
      <Switch
        className={classes.log}
        size="xs"
        label="Logarithmic"
        checked={log}
        onChange={(event) => setLog(event.currentTarget.checked)}
        data-testid="curve-log"
      />
      <CurveChart lines={lines} log={log} epochs={epochs} height={height} label={describe(name, curve)} />
    </div>
  );
}

export function toLines(curve: readonly CurvePoint[]): readonly CurveLine[] {
  const train = curve.flatMap((p) => (p.trainError === null ? [] : [[p.epoch, p.trainError] as const]));
  const validation = curve.flatMap((p) => (p.validationError === null ? [] : [[p.epoch, p.validationError] as const]));
  return [
    { name: "loss", points: curve.map((p) => [p.epoch, p.loss] as const), axis: "loss", color: "--accent" },
    ...(train.length > 0 ? [{ name: "errors in train", points: train, axis: "error", color: "--ink-soft", dash: [6, 4] } as const] : []),
    ...(validation.length > 0
      ? [{ name: "errors in validation", points: validation, axis: "error", color: "--missed", dash: [2, 3] } as const]
      : []),
  ];
}

function describe(name: string, curve: readonly CurvePoint[]): string {
  const last = curve.at(-1);
  return last === undefined
    ? `Curve of ${name}, no point yet`
    : `Curve of ${name}: loss ${curve[0].loss.toFixed(3)} at the start, ${last.loss.toFixed(4)} at epoch ${last.epoch.toFixed(1)}`;
}
