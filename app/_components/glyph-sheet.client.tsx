"use client";

import { useEffect, useRef } from "react";
import { GLYPH_SIDE, toGlyphPixels } from "./glyph-pixels.ts";

/** Many glyphs on one canvas, `columns` a row, 28x28 px each scaled by CSS: thousands cost one element and no request of their own. */
export function GlyphSheet({
  glyphs,
  columns,
  label,
  className,
}: {
  glyphs: readonly Uint8Array[];
  columns: number;
  label: string;
  className?: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    glyphs.forEach((bytes, i) => {
      context.putImageData(toGlyphPixels(bytes), (i % columns) * GLYPH_SIDE, Math.floor(i / columns) * GLYPH_SIDE);
    });
  }, [glyphs, columns]);
  return (
    <canvas
      ref={canvas}
      width={columns * GLYPH_SIDE}
      height={Math.max(1, Math.ceil(glyphs.length / columns)) * GLYPH_SIDE}
      className={className === undefined ? "glyph-pixels" : `glyph-pixels ${className}`}
      role="img"
      aria-label={label}
    />
  );
}
