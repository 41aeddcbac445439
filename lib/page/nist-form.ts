import type { FieldKind } from "../card/card-manifest.ts";
import type { Box } from "../core/geometry.ts";

/** A field of the original NIST Handwriting Sample Form. */
export interface NistField {
  /** `f01` to `f33`, by NIST's numbers. */
  readonly name: string;
  readonly kind: FieldKind;
  /** Characters in the prompt; 0 where there is none to copy into single glyphs. */
  readonly length: number;
  /** Centre lines of the printed box, in px at 300 dpi on an upright page. */
  readonly box: Box;
}

/** Size of NIST's scans at 300 dpi, in px. */
export const NIST_PAGE = { width: 2560, height: 3300 } as const;

/** Printed lines are about this thick, in px at 300 dpi. */
export const NIST_LINE_PX = 7;

/**
 * The form's geometry, measured on f1002_33 (NIST Special Database 19) with the scan's shear (5.2 px in 1,000) taken out. All 100
 * templates share it: only the order of the characters changes. Widths on the form are 60 px a digit + 2 (2 to 5 digits) and
 * 600 px (6 and 10 digits); boxes are 92 px high. The name field (blacked out in every published scan) is left out.
 */
const ROWS: readonly {
  y: number;
  height: number;
  boxes: readonly (readonly [name: string, kind: FieldKind, length: number, x: number, width: number])[];
}[] = [
  {
    y: 502.6,
    height: 92,
    boxes: [
      ["f01", "line", 0, 869.5, 360],
      ["f02", "line", 0, 1285.4, 955.6],
    ],
  },
  {
    y: 760.6,
    height: 91.2,
    boxes: [
      ["f03", "digits", 10, 215.6, 597.5],
      ["f04", "digits", 10, 869.4, 597.5],
      ["f05", "digits", 10, 1522, 600],
    ],
  },
  {
    y: 920.4,
    height: 92.6,
    boxes: [
      ["f06", "digits", 2, 215.4, 121.5],
      ["f07", "digits", 3, 451.8, 182],
      ["f08", "digits", 4, 749.6, 242.2],
      ["f09", "digits", 5, 1106.2, 300.4],
      ["f10", "digits", 6, 1522, 600],
    ],
  },
  {
    y: 1081.8,
    height: 91.6,
    boxes: [
      ["f11", "digits", 3, 214, 180],
      ["f12", "digits", 4, 510.4, 242.2],
      ["f13", "digits", 5, 868.2, 301.2],
      ["f14", "digits", 6, 1284.5, 598],
      ["f15", "digits", 2, 1999.4, 123],
    ],
  },
  {
    y: 1242.2,
    height: 91,
    boxes: [
      ["f16", "digits", 4, 215, 239.4],
      ["f17", "digits", 5, 570.6, 301.7],
      ["f18", "digits", 6, 986.6, 597.6],
      ["f19", "digits", 2, 1700.2, 121.8],
      ["f20", "digits", 3, 1938.5, 182.7],
    ],
  },
  {
    y: 1402,
    height: 91.2,
    boxes: [
      ["f21", "digits", 5, 214, 299.6],
      ["f22", "digits", 6, 629.6, 598.4],
      ["f23", "digits", 2, 1343.5, 121.5],
      ["f24", "digits", 3, 1581.1, 181.5],
      ["f25", "digits", 4, 1878.6, 243],
    ],
  },
  {
    y: 1560.9,
    height: 92.4,
    boxes: [
      ["f26", "digits", 6, 214.6, 596.6],
      ["f27", "digits", 2, 927.4, 122.3],
      ["f28", "digits", 3, 1164.6, 181.9],
      ["f29", "digits", 4, 1462, 241],
      ["f30", "digits", 5, 1819, 302.4],
    ],
  },
  { y: 1729.9, height: 92.9, boxes: [["f31", "lowercase", 26, 213.9, 2084.6]] },
  { y: 1900.5, height: 92.3, boxes: [["f32", "uppercase", 26, 214, 2084.2]] },
  { y: 2260.3, height: 833.5, boxes: [["f33", "text", 0, 212.1, 2085.7]] },
];

export const NIST_FIELDS: readonly NistField[] = ROWS.flatMap(({ y, height, boxes }) =>
  boxes.map(([name, kind, length, x, width]): NistField => ({ name, kind, length, box: [x, y, width, height] })),
);

/** Every class stands this many times in the digit fields of a form. */
export const NIST_DIGIT_COUNT = 13;

/** What fields f03 to f05 always ask for. */
export const NIST_FIRST_PROMPT = "0123456789";
