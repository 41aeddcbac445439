import { create } from "qrcode";
import { memo } from "react";
import type { DrawingItem } from "../../../../../lib/card/card-drawing.ts";
import type { CardFont } from "../../../../../lib/card/font-widths.ts";
import { measureText } from "../../../../../lib/card/measure-text.ts";
import type { Box } from "../../../../../lib/core/geometry.ts";

const PT_MM = 25.4 / 72;
/** Metric twins of the PDF's standard fonts come first, so that lines are as long as they will be printed. */
const SERIF = "'Liberation Serif', Times, 'Times New Roman', serif";
const SANS = "'Liberation Sans', Helvetica, Arial, sans-serif";

interface CardDrawingProps {
  readonly items: readonly DrawingItem[];
  readonly widthMm: number;
  readonly heightMm: number;
  /** Empty for decoration beside words that say the same. */
  readonly label: string;
  readonly className?: string;
}

/** A card's page as vectors, from the same list that the PDF is drawn from. Paper is white in both schemes. */
export const CardDrawing = memo(function CardDrawing({ items, widthMm, heightMm, label, className }: CardDrawingProps) {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label; a title would pop up under the pointer
    <svg
      viewBox={`0 0 ${widthMm} ${heightMm}`}
      {...(label === "" ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
      className={className}
      style={{ background: "#fff" }}
    >
      {joinFrames(items).map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn anew as a whole
        <Mark key={i} item={item} />
      ))}
    </svg>
  );
});

type Frames = { readonly kind: "frames"; readonly boxes: readonly Box[]; readonly lineMm: number; readonly color: string };

function Mark({ item }: { item: DrawingItem | Frames }) {
  switch (item.kind) {
    case "frame":
      return <path d={rectPath(item.box)} fill="none" stroke={item.color} strokeWidth={item.lineMm} />;
    case "frames":
      return <path d={item.boxes.map(rectPath).join("")} fill="none" stroke={item.color} strokeWidth={item.lineMm} />;
    case "line":
      return <path d={`M${item.from.join(" ")}L${item.to.join(" ")}`} stroke={item.color} strokeWidth={item.lineMm} />;
    case "fill":
      return <path d={item.boxes.map(rectPath).join("")} fill={item.color} />;
    case "text":
      return (
        <text
          x={item.x}
          y={item.y}
          fill={item.color}
          textAnchor={item.anchor}
          fontSize={item.sizePt * PT_MM}
          // As wide as on paper, whatever the font that stands in for the card's own.
          textLength={measureText(item.text, item.font, item.sizePt)}
          lengthAdjust="spacingAndGlyphs"
          {...fontOf(item.font)}
        >
          {item.text}
        </text>
      );
    case "code":
      return <path d={codePath(item)} fill="#000" shapeRendering="crispEdges" />;
  }
}

/** Hundreds of single boxes of one pen become one path: the preview stays instant. */
function joinFrames(items: readonly DrawingItem[]): (DrawingItem | Frames)[] {
  const joined: (DrawingItem | Frames)[] = [];
  const groups = new Map<string, { kind: "frames"; boxes: Box[]; lineMm: number; color: string }>();
  for (const item of items) {
    if (item.kind !== "frame") {
      joined.push(item);
      continue;
    }
    const pen = `${item.lineMm} ${item.color}`;
    const group = groups.get(pen);
    if (group !== undefined) {
      group.boxes.push(item.box);
      continue;
    }
    const first = { kind: "frames" as const, boxes: [item.box], lineMm: item.lineMm, color: item.color };
    groups.set(pen, first);
    joined.push(first);
  }
  return joined;
}

function rectPath([x, y, width, height]: Box): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

function fontOf(font: CardFont): { fontFamily: string; fontWeight?: number } {
  const fontFamily = font.startsWith("times") ? SERIF : font.startsWith("courier") ? "'Liberation Mono', Courier, monospace" : SANS;
  return font.endsWith("bold") ? { fontFamily, fontWeight: 700 } : { fontFamily };
}

/** The dark modules, with the quiet zone of four modules left free inside the box. */
function codePath({ payload, level, box: [x, y, width] }: Extract<DrawingItem, { kind: "code" }>): string {
  const { modules } = create(payload, { errorCorrectionLevel: level });
  const cell = width / (modules.size + 8);
  let path = "";
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) path += `M${x + (column + 4) * cell} ${y + (row + 4) * cell}h${cell}v${cell}h${-cell}z`;
    }
  }
  return path;
}
