import type { Point } from "../core/geometry.ts";
import type { GrayImage, RgbImage } from "../image/images.ts";
import { CAMERAS, type Camera } from "./cameras.ts";
import type { COVERS } from "./desk-things.ts";
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
  /** Things that lie on it: a finger's tip, a coin, a pen, a sticky note with its middle at a place of the page (mm from its top left). */
  readonly covers?: readonly Cover[];
  /** Corners that are torn off or folded over: lost along both edges by `sizeMm` (3 to 40). */
  readonly corners?: readonly LostCorner[];
}

export interface Cover {
  readonly kind: (typeof COVERS)[number];
  readonly atMm: Point;
  /** Where a finger points, a pen lies: clockwise in the page from its x. Default any. */
  readonly turnDeg?: number;
}

export interface LostCorner {
  readonly corner: "topLeft" | "topRight" | "bottomRight" | "bottomLeft";
  /** `torn` shows the desk; `folded` shows the paper's back as well, over the page. */
  readonly how: "torn" | "folded";
  readonly sizeMm: readonly [alongX: number, alongY: number];
}

export const DESKS = ["wood", "darkWood", "slate", "mat", "white", "black", "cloth"] as const;
export type Desk = (typeof DESKS)[number];

/** What `photographPages` models beyond a `Camera`; every member may be left out and then does nothing. Ranges: README. */
export interface Scene extends Camera {
  /** The lamp's height above the desk (90 straight above) and the share of the light that comes from all sides; shades bends. */
  readonly lamp?: { readonly elevationDeg: Range; readonly ambient: Range };
  /** Default: one of the darker four. White has no more than a faint edge against the paper. */
  readonly desk?: Desk | "any";
  /** Things beside the page (pens, cups, notes, another paper, cables): how many. */
  readonly clutter?: Range;
  /** Moves the picture by this share of the frame in a random direction, so that a part of the page may lie outside. */
  readonly frameShift?: Range;
  /** Defocus that grows with the distance from a line across the page: standard deviation in px at the frame's far corner. */
  readonly defocusPx?: Range;
  /** Blur light as a lens does, not levels: thin dark lines come out paler and thinner. Default false: levels, which is harsher on edges. */
  readonly linearLight?: boolean;
  /** Edge of an object's shadow (phone, hand): share of the light that it takes, width of its edge in px. */
  readonly hardShadow?: { readonly depth: Range; readonly softPx: Range };
  /** A lamp mirrored in glossy paper: share of white, radius over the frame's shorter side. */
  readonly glare?: { readonly strength: Range; readonly radius: Range };
  /** The light's colour as the white balance left it: factors of red, green, blue. */
  readonly cast?: readonly [red: Range, green: Range, blue: Range];
  /** A second light of another colour at the frame's other side: the same factors there. */
  readonly secondCast?: readonly [red: Range, green: Range, blue: Range];
  /** Standard deviation of blotches of colour, in levels. */
  readonly chromaNoise?: Range;
  /** The noise filter's share, 0 to 1. */
  readonly denoise?: Range;
  /** Unsharp mask: amount, and standard deviation in px. */
  readonly sharpen?: { readonly amount: Range; readonly px: Range };
  /** The sheets are pages on a screen, whose pixels are `pitchMm` wide measured on the page at its true size. */
  readonly screen?: { readonly pitchMm: Range; readonly contrast: Range; readonly banding: Range };
}

const desk = { ...CAMERAS.phone, lamp: { elevationDeg: [35, 70], ambient: [0.4, 0.7] } } as const satisfies Scene;

/** Presets; spread one to change a member. */
export const SCENES = {
  /** As `CAMERAS.phone`, with a lamp that shades bends. */
  desk,
  /** What most phones do to a picture: noise filter and sharpening. */
  processed: { ...desk, denoise: [0.4, 0.8], sharpen: { amount: [0.6, 1.4], px: [1, 1.8] }, chromaNoise: [1, 3] },
  /** At night under a warm lamp. */
  night: {
    ...CAMERAS.phoneDim,
    lamp: { elevationDeg: [30, 55], ambient: [0.25, 0.5] },
    noise: 12,
    chromaNoise: [4, 9],
    denoise: [0.6, 1],
    sharpen: { amount: [0.8, 1.6], px: [1, 2] },
    cast: [
      [1, 1.08],
      [0.86, 0.95],
      [0.6, 0.8],
    ],
  },
  /** A page on a monitor of 90 to 130 px an inch, shown at its true size. */
  screen: {
    ...CAMERAS.phone,
    tiltDeg: [0, 8],
    turnDeg: [-4, 4],
    desk: "black",
    shadow: [0, 0],
    screen: { pitchMm: [0.19, 0.28], contrast: [0.05, 0.3], banding: [0, 0.12] },
  },
} as const satisfies Record<string, Scene>;
