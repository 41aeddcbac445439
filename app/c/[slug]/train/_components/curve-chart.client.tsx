"use client";

import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import classes from "./curve-chart.module.css";

export interface CurveLine {
  readonly name: string;
  /** x: epoch. Points without a value are left out. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly axis: "loss" | "error";
  /** A CSS variable of globals.css. */
  readonly color: string;
  /** Lines differ by their dashes too, not by colour alone. */
  readonly dash?: readonly number[];
}

interface CurveChartProps {
  readonly lines: readonly CurveLine[];
  readonly log: boolean;
  /** Epochs shown from the start, so that the curve grows into its place. */
  readonly epochs: number;
  readonly label: string;
  readonly height?: number;
}

/** A curve that moves: redrawn in place as points arrive, built anew only when its lines, scale or colours change. */
export function CurveChart({ lines, log, epochs, label, height = 300 }: CurveChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const scheme = useComputedColorScheme("light");
  const shape = lines.map((line) => `${line.name}|${line.axis}|${line.color}|${line.dash}`).join("\n");
  const data = join(lines, log);
  const latest = useRef(data);
  latest.current = data;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the lines, `scheme` for the colours
  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    const plot = new uPlot(buildOptions(lines, { log, epochs, width: element.clientWidth, height }), latest.current, element);
    chart.current = plot;
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
      chart.current = null;
    };
  }, [shape, log, epochs, height, scheme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: data is made of the lines
  useEffect(() => chart.current?.setData(data), [lines, log]);

  return (
    <figure className={classes.figure} data-testid="curve" data-points={lines[0]?.points.length ?? 0}>
      {lines.every((line) => line.points.length === 0) && <p className={classes.empty}>The curve begins with the first steps.</p>}
      <div ref={holder} className={classes.holder} style={{ height }} role="img" aria-label={label} />
      <figcaption className={classes.legend}>
        {lines.map((line) => (
          <span key={line.name}>
            <svg viewBox="0 0 24 4" aria-hidden="true">
              <path d="M0 2H24" stroke={`var(${line.color})`} strokeDasharray={line.dash?.join(" ")} />
            </svg>
            {line.name}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** One x for all lines, as uPlot wants it; where a line has no point there, it goes on to its next one. */
function join(lines: readonly CurveLine[], log: boolean): uPlot.AlignedData {
  if (lines.length === 0) return [[]];
  return uPlot.join(
    lines.map((line) => {
      // a logarithm knows no zero
      const points = log ? line.points.filter(([, y]) => y > 0) : line.points;
      return [points.map(([x]) => x), points.map(([, y]) => y)] as uPlot.AlignedData;
    }),
    lines.map(() => [0, 1]),
  );
}

function buildOptions(
  lines: readonly CurveLine[],
  { log, epochs, width, height }: { log: boolean; epochs: number; width: number; height: number },
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const font = "12px Inter, system-ui, sans-serif";
  const axis = (part: uPlot.Axis): uPlot.Axis => ({
    stroke: color("--ink-soft"),
    font,
    labelFont: font,
    ticks: { show: false },
    grid: { stroke: color("--rule"), width: 1 },
    border: { show: false },
    ...part,
  });
  const distr = log ? (3 as const) : (1 as const);
  const withError = lines.some((line) => line.axis === "error");
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 7 } },
    scales: {
      x: { time: false, range: (_, min, max) => [Math.min(0, min ?? 0), Math.max(epochs, max ?? 0)] },
      loss: { distr, ...(log ? {} : { range: (_, __, max) => [0, (max ?? 1) * 1.06] }) },
      error: { distr, ...(log ? {} : { range: (_, __, max) => [0, (max ?? 1) * 1.06] }) },
    },
    series: [
      {},
      ...lines.map(
        (line): uPlot.Series => ({
          label: line.name,
          scale: line.axis,
          stroke: color(line.color),
          width: 2,
          dash: line.dash === undefined ? undefined : [...line.dash],
          spanGaps: true,
          points: { show: line.axis === "error" && line.points.length < 60, size: 5, fill: color("--paper") },
        }),
      ),
    ],
    axes: [
      axis({ label: "epoch", labelSize: 22, size: 28, grid: { show: false } }),
      axis({ scale: "loss", label: "loss", labelSize: 20, size: 52, values: (_, ticks) => ticks.map(formatTick) }),
      ...(withError
        ? [
            axis({
              scale: "error",
              side: 1 as const,
              label: "errors",
              labelSize: 20,
              size: 58,
              grid: { show: false },
              values: (_, ticks) => ticks.map((v) => (v == null ? "" : `${formatTick(v * 100)} %`)),
            }),
          ]
        : []),
    ],
  };
}

function formatTick(value: number | null): string {
  return value === null ? "" : String(Number(value.toPrecision(3)));
}
