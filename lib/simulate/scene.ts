import type { GrayImage, RgbImage } from "../image/images.ts";
import { CAMERAS, type Camera } from "./cameras.ts";
import type { PaperShape } from "./paper-shape.ts";

/** Least and most; drawn uniformly for each shot. */
export type Range = readonly [least: number, most: number];

/** A sheet of paper on the desk. */
export interface Sheet {
  /** The whole page, grey or RGB, at any dpi. */
  readonly image: GrayImage | RgbImage;
  /** Of `image`, in x and y (`PageTruth.pxPerMm`). */
  readonly pxPerMm: readonly [number, number];
  /** Default flat. */
  readonly shape?: PaperShape;
  /** Its centre on the desk and its turn clockwise, before the camera's. Default: side by side, 12 mm apart. */
  readonly at?: { readonly xMm: number; readonly yMm: number; readonly turnDeg: number };
}

export const DESKS = ["wood", "darkWood", "slate", "mat", "white", "black", "cloth"] as const;
export type Desk = (typeof DESKS)[number];

/** What `photographPages` models beyond a `Camera`; every member may be left out and then does nothing. */
export interface Scene extends Camera {
  /** The lamp's height above the desk (90 straight above) and the share of the light that comes from all sides; shades bends. */
  readonly lamp?: { readonly elevationDeg: Range; readonly ambient: Range };
  /** Default: one of the darker four. White has no more than a faint edge against the paper. */
  readonly desk?: Desk | "any";
  /** Things beside the page: pens, cups, paper, cables; how many. */
  readonly clutter?: Range;
  /** Moves the picture by this share of the frame in a random direction, so that a part of the page may lie outside. */
  readonly frameShift?: Range;
}

/** Presets; spread one to change a member. */
export const SCENES = {
  /** As `CAMERAS.phone`, with a lamp that shades bends. */
  desk: { ...CAMERAS.phone, lamp: { elevationDeg: [35, 70], ambient: [0.4, 0.7] } },
} as const satisfies Record<string, Scene>;
