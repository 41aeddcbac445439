"use client";

import { ActionIcon } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import type { PageView } from "../../../../../../lib/contracts/scans.ts";
import { formatCount } from "../../../../../_components/format.ts";
import { IconCheck, IconMinus, IconPlus } from "../../../../../_components/icons.tsx";
import { BoxesOverlay } from "./boxes-overlay.client.tsx";
import type { PlacedGlyph } from "./page-glyphs.ts";
import classes from "./page-viewer.module.css";

/** 1 shows the whole page. */
export const ZOOMS = [1, 1.5, 2, 3, 4.5] as const;

interface PageViewerProps {
  readonly page: PageView;
  readonly glyphs: readonly PlacedGlyph[];
  readonly selected: number | null;
  readonly onSelect: (index: number) => void;
  readonly byPointing: boolean;
  readonly zoom: number;
  readonly onZoom: (by: 1 | -1) => void;
  /** What is drawn over the boxes. */
  readonly children?: ReactNode;
}

/** The scan with its boxes; it scrolls inside its frame when it is larger, and follows the selected box. */
export function PageViewer({ page, glyphs, selected, onSelect, byPointing, zoom, onZoom, children }: PageViewerProps) {
  const frame = useRef<HTMLElement>(null);
  const center = selected === null ? null : glyphs[selected]?.center;
  const cx = center?.[0];
  const cy = center?.[1];

  // keeps the selected box in sight, without moving the page around it while it is
  useEffect(() => {
    const element = frame.current;
    const sheet = element?.firstElementChild;
    if (element === null || !(sheet instanceof HTMLElement) || cx === undefined || cy === undefined || zoom === 1) return;
    const x = sheet.offsetLeft + (cx / page.widthPx) * sheet.offsetWidth;
    const y = sheet.offsetTop + (cy / page.heightPx) * sheet.offsetHeight;
    const margin = 60;
    const outside =
      x < element.scrollLeft + margin ||
      x > element.scrollLeft + element.clientWidth - margin ||
      y < element.scrollTop + margin ||
      y > element.scrollTop + element.clientHeight - margin;
    if (outside) element.scrollTo({ left: x - element.clientWidth / 2, top: y - element.clientHeight / 2 });
  }, [cx, cy, zoom, page.widthPx, page.heightPx]);

  return (
    <div className={classes.viewer}>
      {/* a scrolling frame must be reachable for the keyboard */}
      <section ref={frame} className={classes.frame} tabIndex={zoom > 1 ? 0 : undefined} aria-label="Scan">
        <div
          className={classes.sheet}
          style={{
            aspectRatio: `${page.widthPx} / ${page.heightPx}`,
            width: `calc(${zoom} * min(100cqw, var(--frame-height) * ${page.widthPx / page.heightPx}))`,
          }}
        >
          {/* biome-ignore lint/performance/noImgElement: the server makes the picture */}
          <img
            src={`/api/pages/${page.id}/image`}
            alt={`Scan: ${page.fileName}, page ${page.number}`}
            className={classes.picture}
            draggable={false}
          />
          {page.state === "read" && (
            <BoxesOverlay page={page} glyphs={glyphs} selected={selected} onSelect={onSelect} byPointing={byPointing} />
          )}
          {children}
        </div>
      </section>
      <div className={classes.foot}>
        <ActionIcon variant="default" size="lg" onClick={() => onZoom(-1)} disabled={zoom === ZOOMS[0]} aria-label="Smaller">
          <IconMinus size={18} />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" onClick={() => onZoom(1)} disabled={zoom === ZOOMS.at(-1)} aria-label="Larger">
          <IconPlus size={18} />
        </ActionIcon>
        {page.state === "read" && <Legend glyphs={glyphs} />}
      </div>
    </div>
  );
}

const LEGEND = [
  { state: "found", words: "as the prompt says" },
  { state: "doubt", words: "in doubt" },
  { state: "blank", words: "empty" },
] as const;

function Legend({ glyphs }: { glyphs: readonly PlacedGlyph[] }) {
  return (
    <ul className={classes.legend} aria-label="Boxes by kind">
      {LEGEND.map(({ state, words }) => {
        const count = glyphs.filter((placed) => placed.state === state).length;
        return count === 0 ? null : (
          <li key={state}>
            <span className={classes.key} data-state={state}>
              {state === "found" && <IconCheck size={12} strokeWidth={2.5} />}
              {state === "doubt" && "!"}
            </span>
            {formatCount(count)} {words}
          </li>
        );
      })}
    </ul>
  );
}
