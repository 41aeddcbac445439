/** A glyph's 28 px and the least space around it, in px of the row's canvas. */
const LEAST_SIDE = 34;
/** CSS px of the line with the label. */
const LINE = 22;
export const ZOOMS = [2, 3, 1] as const;

export interface Geometry {
  readonly columns: number;
  readonly rows: number;
  /** A cell's in px of the row's canvas. Every size on the screen is a whole multiple, so that pixels stay crisp. */
  readonly side: number;
  /** CSS px. */
  readonly cell: number;
  readonly rowHeight: number;
}

/** As many columns as fit, and what is left of the width shared out among them. @param width CSS px that the grid has @param zoom CSS px for one px of a glyph */
export function layOut(count: number, width: number, zoom: number): Geometry {
  const columns = Math.max(1, Math.floor(width / (LEAST_SIDE * zoom)));
  const side = Math.max(LEAST_SIDE, Math.floor(width / (columns * zoom)));
  const cell = side * zoom;
  return { columns, rows: Math.ceil(count / columns), side, cell, rowHeight: cell + LINE };
}

/** The rows between two heights of the grid, in CSS px from its top: [first, end). */
export function findRows({ rows, rowHeight }: Geometry, top: number, bottom: number): readonly [number, number] {
  const first = Math.min(rows, Math.max(0, Math.floor(top / rowHeight)));
  return [first, Math.max(first, Math.min(rows, Math.ceil(bottom / rowHeight)))];
}

/** Browsers scroll by whole px of the screen: a row that was brought to the top may lie this far above it, CSS px. */
const SCROLL_SLACK = 2;

/** The rows that lie wholly between two heights: [first, end). */
export function findWholeRows({ rows, rowHeight }: Geometry, top: number, bottom: number): readonly [number, number] {
  const first = Math.min(rows, Math.max(0, Math.ceil((top - SCROLL_SLACK) / rowHeight)));
  return [first, Math.max(first, Math.min(rows, Math.floor((bottom + SCROLL_SLACK) / rowHeight)))];
}

/** Where an arrow key leads from `from`; `from` itself at the edge. */
export function moveCursor(
  count: number,
  columns: number,
  { from, direction }: { from: number; direction: "up" | "down" | "left" | "right" },
): number {
  if (count === 0) return 0;
  const to = from + { left: -1, right: 1, up: -columns, down: columns }[direction];
  if (to < 0) return from;
  if (to < count) return to;
  // Down from the last row but one ends at the last glyph, even where that is not below.
  const lastRow = Math.floor((count - 1) / columns);
  return direction === "down" && Math.floor(from / columns) < lastRow ? count - 1 : from;
}
