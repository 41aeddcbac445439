import type { Stroke } from "../../../lib/glyph/rasterize-strokes.ts";

/** Plain strokes of the ten digits in hundredths of the sheet, for those who have no pointer to draw with. */
const WAYS: readonly (readonly string[])[] = [
  ["50,15 36,20 27,36 25,54 31,74 45,85 60,82 72,66 75,48 70,28 60,17 50,15"],
  ["42,28 54,16 53,40 52,62 51,85"],
  ["28,32 36,18 54,15 68,24 68,38 56,56 40,70 27,83 48,80 74,82"],
  ["29,22 46,14 64,19 67,33 57,44 43,48 60,51 71,62 68,77 52,86 33,82 26,74"],
  ["60,15 44,36 28,60 50,59 78,57", "60,40 60,62 59,86"],
  ["70,16 52,17 37,18 35,32 34,46 48,42 64,47 71,61 66,77 50,85 34,83 27,76"],
  ["64,15 48,26 34,46 29,64 34,79 48,86 64,80 69,67 60,55 46,55 33,65"],
  ["26,19 46,19 72,18 62,38 51,60 44,86"],
  ["66,25 54,15 39,19 36,33 49,45 64,57 68,73 56,85 39,83 33,70 43,56 58,44 66,31 62,19"],
  ["67,32 56,43 41,42 34,30 42,17 57,15 66,26 67,42 63,64 58,86"],
];

/** @returns the strokes of digit d, 0 to 9. */
export function exampleDigit(d: number): Stroke[] {
  return WAYS[d].map((way) =>
    way.split(" ").map((pair) => {
      const [x, y] = pair.split(",").map(Number);
      return { x: x / 100, y: y / 100 };
    }),
  );
}
