import type { Box } from "../core/geometry.ts";
import type { DropOut } from "./card-spec.ts";
import type { CardFont } from "./font-widths.ts";

/** `#rrggbb` */
export type InkColor = `#${string}`;

/**
 * One mark on a card's page. All measures in mm from the page's top left corner, type sizes in points. The PDF and the browser's
 * preview draw the same list, so what is seen is what is printed.
 */
export type DrawingItem =
  /** An outline; the box's edge is the middle of the line. */
  | { readonly kind: "frame"; readonly box: Box; readonly lineMm: number; readonly color: InkColor }
  | {
      readonly kind: "line";
      readonly from: readonly [x: number, y: number];
      readonly to: readonly [x: number, y: number];
      readonly lineMm: number;
      readonly color: InkColor;
    }
  /** Filled rectangles; to be painted as one path, or thin seams show where two meet. */
  | { readonly kind: "fill"; readonly boxes: readonly Box[]; readonly color: InkColor }
  /** One line of text; (x, y) is the start, middle or end of its baseline. */
  | {
      readonly kind: "text";
      readonly text: string;
      readonly x: number;
      readonly y: number;
      readonly font: CardFont;
      readonly sizePt: number;
      readonly anchor: "start" | "middle" | "end";
      readonly color: InkColor;
    }
  /** A QR code of `payload` at error correction `level`, black, with its quiet zone of four modules inside `box`. */
  | { readonly kind: "code"; readonly payload: string; readonly level: "Q" | "M"; readonly box: Box };

export const BLACK: InkColor = "#000000";
export const WHITE: InkColor = "#ffffff";

/** Light enough to vanish in the scan's channel of the same name, dark enough to read the prompt by. */
export const DROP_OUT_COLORS: Readonly<Record<DropOut, InkColor>> = {
  none: BLACK,
  red: "#ff8d80",
  green: "#5fcb80",
  blue: "#6fbcf2",
};

/** Lines of single boxes, and of NIST's undivided fields. */
export const BOX_LINE_MM = 0.28;
export const FIELD_LINE_MM = 0.4;
