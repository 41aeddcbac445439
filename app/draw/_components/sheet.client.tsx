"use client";

import { type PointerEvent, useRef } from "react";
import type { Stroke } from "../../../lib/glyph/rasterize-strokes.ts";
import classes from "./draw.module.css";

/** The pen's width on the sheet of 100 units; the radius is what `rasterizeStrokes` takes by default. */
const PEN = 7.2;

/**
 * A sheet to draw on, with mouse, finger or pen. Strokes are kept as the pen's way in 0 .. 1 of the side, so that the picture and
 * what the network sees come from the same numbers.
 */
export function Sheet({ strokes, onChange }: { strokes: readonly Stroke[]; onChange: (strokes: readonly Stroke[]) => void }) {
  const drawing = useRef<number | null>(null);
  const latest = useRef(strokes);
  latest.current = strokes;

  const change = (next: readonly Stroke[]) => {
    latest.current = next;
    onChange(next);
  };
  const place = (event: { clientX: number; clientY: number }, sheet: Element) => {
    const box = sheet.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  };
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0 || drawing.current !== null) return;
    drawing.current = event.pointerId;
    event.currentTarget.setPointerCapture(event.pointerId);
    change([...latest.current, [place(event, event.currentTarget)]]);
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    if (drawing.current !== event.pointerId) return;
    const sheet = event.currentTarget;
    // a fast pen reports several positions a frame
    const events = event.nativeEvent.getCoalescedEvents?.() ?? [];
    const points = (events.length > 0 ? events : [event]).map((one) => place(one, sheet));
    const stroke = latest.current[latest.current.length - 1] ?? [];
    change([...latest.current.slice(0, -1), [...stroke, ...points]]);
  };
  const end = (event: PointerEvent<SVGSVGElement>) => {
    if (drawing.current === event.pointerId) drawing.current = null;
  };

  return (
    <svg
      className={classes.sheet}
      viewBox="0 0 100 100"
      role="img"
      aria-label={strokes.length === 0 ? "Empty sheet: draw a character here" : `Drawing of ${strokes.length} strokes`}
      data-testid="draw-sheet"
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <path className={classes.guide} d="M20 12V88M80 12V88M12 20H88M12 80H88" />
      {strokes.length === 0 && (
        <text x="50" y="53" textAnchor="middle" className={classes.invitation}>
          draw a digit
        </text>
      )}
      {strokes.map((stroke, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: strokes are only ever appended and popped
        <path key={i} className={classes.ink} strokeWidth={PEN} d={pathOf(stroke)} />
      ))}
    </svg>
  );
}

/** A tap is a dot: a line to itself with round ends. */
function pathOf(stroke: Stroke): string {
  const points = stroke.length === 1 ? [stroke[0], stroke[0]] : stroke;
  return points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${(x * 100).toFixed(2)} ${(y * 100).toFixed(2)}`).join("");
}
