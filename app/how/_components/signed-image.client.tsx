"use client";

import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import classes from "./how.module.css";

/** 784 signed numbers as a picture: what adds in the accent's colour, what takes away in the other; the stronger, the more of it. */
export function SignedImage({ values, label, size = 140 }: { values: Float32Array; label: string; size?: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme("light");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const style = getComputedStyle(document.documentElement);
    const most = values.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-12);
    context.clearRect(0, 0, 28, 28);
    values.forEach((value, i) => {
      context.globalAlpha = Math.sqrt(Math.abs(value) / most);
      context.fillStyle = style.getPropertyValue(value >= 0 ? "--accent" : "--missed");
      context.fillRect(i % 28, Math.floor(i / 28), 1, 1);
    });
  }, [values, scheme]);
  return (
    <canvas
      ref={canvas}
      width={28}
      height={28}
      className={classes.signed}
      style={{ width: size, height: size }}
      role="img"
      aria-label={label}
    />
  );
}
