"use client";

import { useEffect, useRef } from "react";

/** Every unit of a hidden layer as a square, the darker the higher its activation; drawn on one canvas, inverted by the dark scheme. */
export function HiddenLayer({ values, count, label }: { values: Float32Array | null; count: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const columns = Math.min(count, count > 500 ? 80 : count > 200 ? 50 : 32);
  const rows = Math.ceil(count / columns);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const pixels = context.createImageData(columns, rows);
    const top = values === null ? 1 : Math.max(1e-6, ...values);
    for (let i = 0; i < count; i++) {
      const on = values === null ? 0 : Math.max(0, values[i]) / top;
      // the ink of app/globals.css over a breath of it, so that a unit at rest is still a unit
      pixels.data.set([23, 26, 38, Math.round(255 * (0.05 + 0.95 * Math.sqrt(on)))], 4 * i);
    }
    context.putImageData(pixels, 0, 0);
  }, [values, columns, rows, count]);
  return (
    <canvas
      ref={canvas}
      width={columns}
      height={rows}
      className="glyph-pixels"
      style={{ width: "100%", aspectRatio: `${columns} / ${rows}`, maxWidth: `${columns * 0.8}rem` }}
      role="img"
      aria-label={label}
    />
  );
}
