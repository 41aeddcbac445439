import type { PlacedGlyph } from "../page-glyphs.ts";

type Pair = readonly [number, number];

/** What a person draws to cut a glyph anew, in scan px: a box around it, or a line between two. */
export type CutShape =
  | { readonly kind: "box"; readonly box: readonly [number, number, number, number] }
  | { readonly kind: "line"; readonly line: readonly [Pair, Pair] };

/** The glyph's own bounds; of a blank one the printed box. */
export function startBox({ glyph, outline, state }: PlacedGlyph): CutShape {
  if (state !== "blank") return { kind: "box", box: glyph.bounds };
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { kind: "box", box: [left, top, Math.max(...xs) - left, Math.max(...ys) - top] };
}

/** Across the glyph's middle, from above it to below. */
export function startLine({ glyph }: PlacedGlyph): CutShape {
  const [x, y, w, h] = glyph.bounds;
  return {
    kind: "line",
    line: [
      [x + w / 2, y - h * 0.15],
      [x + w / 2, y + h * 1.15],
    ],
  };
}

/** How many handles a shape has: a box's four corners, a line's ends. The one after them moves all of it. */
export function handlesOf(shape: CutShape): readonly Pair[] {
  if (shape.kind === "line") return shape.line;
  const [x, y, w, h] = shape.box;
  return [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ];
}

/** The shape with one handle moved by (dx, dy); without a handle all of it. A box keeps 2 px a side. */
export function moveShape(shape: CutShape, [dx, dy]: Pair, handle: number | null): CutShape {
  if (shape.kind === "line") {
    const [a, b] = shape.line.map(([x, y], i): Pair => (handle === null || handle === i ? [x + dx, y + dy] : [x, y]));
    return { kind: "line", line: [a, b] };
  }
  const [x, y, w, h] = shape.box;
  if (handle === null) return { kind: "box", box: [x + dx, y + dy, w, h] };
  const onLeft = handle === 0 || handle === 3;
  const onTop = handle < 2;
  const width = Math.max(2, w + (onLeft ? -dx : dx));
  const height = Math.max(2, h + (onTop ? -dy : dy));
  return { kind: "box", box: [onLeft ? x + w - width : x, onTop ? y + h - height : y, width, height] };
}
