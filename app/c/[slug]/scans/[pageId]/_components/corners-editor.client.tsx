"use client";

import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from "react";
import type { PageView } from "../../../../../../lib/contracts/scans.ts";
import type { Point } from "../../../../../../lib/core/geometry.ts";
import type { HandCorners } from "../../../../../../lib/page/register-by-hand.ts";
import classes from "./corners-editor.module.css";

const NAMES = ["top left", "top right", "bottom right", "bottom left"] as const;
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Around the picture, as a share of its width: a mark may be cut off. */
const MARGIN = 0.05;
/** On the screen, in CSS px. */
const HANDLE = 15;
const TOUCH = 26;
const LOUPE = 74;
/** How much larger than on the screen the loupe shows the picture, at least in the picture's own px. */
const LOUPE_ZOOM = 3;

interface CornersEditorProps {
  readonly page: PageView;
  readonly corners: HandCorners;
  readonly onChange: (corners: HandCorners) => void;
}

/**
 * The page with a handle for each corner mark of the card: dragged by mouse or finger under a loupe, or moved by the arrow keys, 1 px of the scan a press,
 * 10 with Shift.
 */
export function CornersEditor({ page, corners, onChange }: CornersEditorProps) {
  const svg = useRef<SVGSVGElement>(null);
  const [perPx, setPerPx] = useState(page.widthPx / 600);
  const [held, setHeld] = useState<number | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const clip = useId();
  const margin = MARGIN * page.widthPx;
  const width = page.widthPx + 2 * margin;

  // handles and loupe keep their size on the screen whatever the scan's
  useEffect(() => {
    const element = svg.current;
    if (element === null) return;
    const measure = () => element.clientWidth > 0 && setPerPx(width / element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [width]);

  const move = (i: number, { x, y }: Point) => {
    const to = { x: clamp(x, -margin, page.widthPx + margin), y: clamp(y, -margin, page.heightPx + margin) };
    const [a, b, c, d] = corners.map((corner, k) => (k === i ? to : corner));
    onChange([a, b, c, d]);
  };
  // the handle keeps its distance from the finger: it does not jump under it
  const grip = useRef<Point>({ x: 0, y: 0 });
  const toScan = (event: PointerEvent): Point | null => {
    const matrix = svg.current?.getScreenCTM();
    return matrix ? new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()) : null;
  };
  const onDown = (i: number) => (event: PointerEvent<SVGGElement>) => {
    const at = toScan(event);
    if (at === null || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { x: corners[i].x - at.x, y: corners[i].y - at.y };
    setHeld(i);
  };
  const onMove = (i: number) => (event: PointerEvent<SVGGElement>) => {
    const at = held === i ? toScan(event) : null;
    if (at !== null) move(i, { x: at.x + grip.current.x, y: at.y + grip.current.y });
  };
  const onKeyDown = (i: number) => (event: KeyboardEvent<SVGGElement>) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const px = event.shiftKey ? 10 : 1;
    move(i, { x: corners[i].x + px * step[0], y: corners[i].y + px * step[1] });
  };

  const shown = held ?? focused;
  const source = `/api/pages/${page.id}/image`;
  return (
    <div className={classes.frame}>
      <svg
        ref={svg}
        className={classes.editor}
        viewBox={`${-margin} ${-margin} ${width} ${page.heightPx + 2 * margin}`}
        role="group"
        aria-label="Corners of the card"
      >
        <defs>
          <clipPath id={clip}>
            <circle r={LOUPE * perPx} />
          </clipPath>
        </defs>
        <image href={source} width={page.widthPx} height={page.heightPx} />
        <polygon className={classes.outline} points={corners.map(({ x, y }) => `${x},${y}`).join(" ")} />
        {corners.map(({ x, y }, i) => (
          <g
            key={NAMES[i]}
            className={classes.handle}
            transform={`translate(${x} ${y})`}
            role="slider"
            tabIndex={0}
            aria-label={`Corner ${i + 1}: the card's ${NAMES[i]} mark`}
            aria-valuenow={Math.round(x)}
            aria-valuetext={`${Math.round(x)} across, ${Math.round(y)} down`}
            data-corner={i + 1}
            onPointerDown={onDown(i)}
            onPointerMove={onMove(i)}
            onPointerUp={() => setHeld(null)}
            onPointerCancel={() => setHeld(null)}
            onKeyDown={onKeyDown(i)}
            onFocus={() => setFocused(i)}
            onBlur={() => setFocused(null)}
          >
            <circle r={TOUCH * perPx} className={classes.touch} />
            <circle r={HANDLE * perPx} className={classes.ring} />
            <path d={cross(HANDLE * perPx)} className={classes.cross} />
            <text x={HANDLE * 1.1 * perPx} y={-HANDLE * 1.1 * perPx} fontSize={15 * perPx} className={classes.number}>
              {i + 1}
            </text>
          </g>
        ))}
        {shown !== null && (
          <g className={classes.loupe} transform={loupePlace(corners[shown], perPx, page)}>
            <circle r={LOUPE * perPx} className={classes.glass} />
            <g clipPath={`url(#${clip})`}>
              <image
                href={source}
                width={page.widthPx}
                height={page.heightPx}
                transform={`scale(${LOUPE_ZOOM}) translate(${-corners[shown].x} ${-corners[shown].y})`}
              />
            </g>
            <path d={cross(LOUPE * 0.5 * perPx)} className={classes.aim} />
            <circle r={LOUPE * perPx} className={classes.rim} />
          </g>
        )}
      </svg>
    </div>
  );
}

/** Beside the finger, towards the picture's middle, so that neither it nor the edge hides the loupe. */
function loupePlace({ x, y }: Point, perPx: number, { widthPx, heightPx }: PageView): string {
  const away = (LOUPE + TOUCH + 12) * perPx;
  const up = y > heightPx / 2 ? -1 : 1;
  return `translate(${clamp(x, LOUPE * perPx, widthPx - LOUPE * perPx)} ${y + up * away})`;
}

function cross(r: number): string {
  return `M${-r} 0H${-r * 0.2}M${r * 0.2} 0H${r}M0 ${-r}V${-r * 0.2}M0 ${r * 0.2}V${r}`;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
