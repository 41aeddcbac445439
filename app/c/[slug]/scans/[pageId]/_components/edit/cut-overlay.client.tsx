"use client";

import { type PointerEvent, useRef } from "react";
import type { PageView } from "../../../../../../../lib/contracts/scans.ts";
import classes from "./cut-overlay.module.css";
import { type CutShape, handlesOf, moveShape } from "./cut-shape.ts";

interface CutOverlayProps {
  readonly page: PageView;
  readonly shape: CutShape;
  readonly onChange: (shape: CutShape) => void;
}

/** The box or line that a person draws over the scan: dragged as a whole or by its handles. The screen's keys move it too. */
export function CutOverlay({ page, shape, onChange }: CutOverlayProps) {
  const svg = useRef<SVGSVGElement>(null);
  const held = useRef<{ readonly handle: number | null; readonly from: DOMPoint; readonly shape: CutShape } | null>(null);
  const toScan = (event: PointerEvent): DOMPoint | null => {
    const matrix = svg.current?.getScreenCTM();
    return matrix ? new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()) : null;
  };
  const grab = (handle: number | null) => (event: PointerEvent<SVGElement>) => {
    const from = toScan(event);
    if (from === null || event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { handle, from, shape };
  };
  const drag = (event: PointerEvent<SVGElement>) => {
    const to = held.current === null ? null : toScan(event);
    if (to === null || held.current === null) return;
    const { from, handle, shape: before } = held.current;
    onChange(moveShape(before, [Math.round(to.x - from.x), Math.round(to.y - from.y)], handle));
  };
  const letGo = () => {
    held.current = null;
  };
  const points = handlesOf(shape);
  const listeners = { onPointerMove: drag, onPointerUp: letGo, onPointerCancel: letGo };
  return (
    <svg
      ref={svg}
      className={classes.overlay}
      viewBox={`0 0 ${page.widthPx} ${page.heightPx}`}
      preserveAspectRatio="none"
      data-testid="cut-shape"
    >
      <title>{shape.kind === "box" ? "The box that will be cut out" : "The line along which it will be split"}</title>
      <path
        className={classes.shape}
        data-kind={shape.kind}
        d={`M${points.map(([x, y]) => `${x} ${y}`).join("L")}${shape.kind === "box" ? "Z" : ""}`}
        onPointerDown={grab(null)}
        {...listeners}
      />
      {points.map(([x, y], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: handles have no other name than their place
        <path key={i} className={classes.handle} data-handle={i} d={`M${x} ${y}h0`} onPointerDown={grab(i)} {...listeners} />
      ))}
    </svg>
  );
}
