import type { CardPage } from "../card/card-manifest.ts";
import type { Box } from "../core/geometry.ts";
import { type InkMask, inkStrokes, measureStrokes } from "./ink-mask.ts";
import { type MishapPen, strokeAlong } from "./mishaps.ts";

/** Marks keep this from the boxes and fields. */
const CLEAR_MM = 0.3;

/** Ticks, dashes, dots and hooks that a pen leaves between the fields, 0.6 to 4 mm; none of them in a box or field. */
export function drawStrayMarks(layout: CardPage, count: number, { writer, scale, rng }: MishapPen): InkMask[] {
  const taken = layout.fields.flatMap((field) => (field.boxes.length > 0 ? field.boxes : [field.box]));
  if (taken.length === 0) return [];
  const left = Math.min(...taken.map((box) => box[0])) - 6;
  const top = Math.min(...taken.map((box) => box[1])) - 6;
  const right = Math.max(...taken.map((box) => box[0] + box[2])) + 6;
  const foot = Math.max(...taken.map((box) => box[1] + box[3])) + 6;
  const marks: InkMask[] = [];
  for (let attempt = 0; attempt < 80 * count && marks.length < count; attempt++) {
    const size = rng.between(0.6, 4);
    const at: [number, number] = [rng.between(left, right), rng.between(top, foot)];
    const strokes = [
      strokeAlong(
        shapes[rng.int(shapes.length)].map(([x, y]) => [x * size, y * size]),
        writer.penWidthMm,
        rng,
      ),
    ];
    const [x0, y0, x1, y1] = measureStrokes(strokes);
    if (taken.some((box) => meets(box, at[0] + x0, at[1] + y0, at[0] + x1, at[1] + y1))) continue;
    marks.push(inkStrokes(strokes, scale, at));
  }
  return marks;
}

const shapes: readonly (readonly (readonly [number, number])[])[] = [
  [
    [0, 0.5],
    [0.3, 1],
    [1, 0],
  ],
  [
    [0, 0],
    [1, 0.1],
  ],
  [
    [0, 0],
    [0.05, 0.05],
  ],
  [
    [0, 0],
    [0.3, 0.8],
    [0.1, 1],
  ],
];

function meets([x, y, width, height]: Box, left: number, top: number, right: number, foot: number): boolean {
  return left < x + width + CLEAR_MM && right > x - CLEAR_MM && top < y + height + CLEAR_MM && foot > y - CLEAR_MM;
}
