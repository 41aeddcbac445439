"use client";

import { useEffect, useRef } from "react";
import { GLYPH_SIDE, toGlyphPixels } from "./glyph-pixels.ts";

/** A 28x28 glyph, every pixel a crisp square: ink dark on paper by day, light on dark by night. `bytes` null leaves its place free. `size` in px, or any CSS length. */
export function GlyphImage({ bytes, size = 56, label }: { bytes: Uint8Array | null; size?: number | string; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    if (bytes === null) context.clearRect(0, 0, GLYPH_SIDE, GLYPH_SIDE);
    else context.putImageData(toGlyphPixels(bytes), 0, 0);
  }, [bytes]);
  return (
    <canvas
      ref={canvas}
      width={GLYPH_SIDE}
      height={GLYPH_SIDE}
      className="glyph-pixels"
      style={{ width: size, height: size }}
      role="img"
      aria-label={label}
    />
  );
}
