type Range = readonly [least: number, most: number];

/** How a bilevel scan is made of grey levels; `adaptive` compares with the level around, `halftone` and `errorDiffusion` imitate grey. */
export type Binarization = "threshold" | "adaptive" | "errorDiffusion" | "halftone";

/** A scanner; members with `?` do nothing where they are left out. Ranges are drawn uniformly for each page. */
export interface Scanner {
  readonly dpi: number;
  /** What is stored for a pixel. */
  readonly mode: "colour" | "grey" | "bilevel";
  /** The side up when fed, clockwise. */
  readonly turnDeg: 0 | 90 | 180 | 270;
  /** Most that the page lies askew, either way. */
  readonly skewDeg: number;
  /** Most that the page is moved from its place, either way, in x and y. */
  readonly shiftMm: number;
  /** Printed size over nominal size (a printer that rescales, a feeder that stretches), in x and y. */
  readonly stretch: readonly [number, number];
  /** Room around the page; below 0 the scan cuts the page's edges off. */
  readonly borderMm: number;
  /** What the scanner sees beside the page, 0 black to 255. */
  readonly lidLevel: number;
  /** Standard deviation of the optics' blur, in scan px. */
  readonly blurPx: number;
  /** Levels that white paper and full black come out as. */
  readonly paperLevel: number;
  readonly blackLevel: number;
  /** Standard deviation of the noise, in levels. */
  readonly noise: number;
  /** In `bilevel`: levels from here on are white. */
  readonly threshold: number;
  /** Default `threshold`. */
  readonly binarization?: Binarization;
  /** A feeder whose speed goes up and down: by this share of it, once in so many mm. */
  readonly speedWave?: { readonly share: Range; readonly periodMm: Range };
  /** Slips of the feeder: how many on a page, how far (mm, either way). */
  readonly slips?: { readonly count: Range; readonly mm: Range };
  /** The page turns on its way: sideways shift of its middle against its ends, mm, either way. */
  readonly bowMm?: Range;
  /** Dirt on a feeder's glass: how many lines along the whole way, their strength as a share of white (dark or light). */
  readonly streaks?: { readonly count: Range; readonly strength: Range };
  /** Specks and hairs on the glass: how many on a page of A4; 0.1 to 0.7 mm wide, hairs 2 to 8 mm long. */
  readonly dust?: Range;
  /** Share by which one side of the bed is darker than the other. */
  readonly shading?: Range;
  /** Unsharp mask: amount, and standard deviation in px. */
  readonly sharpen?: { readonly amount: Range; readonly px: Range };
  /** Colour scanners expose red, green and blue one after the other: the page has gone on by this many px between two. */
  readonly colourShiftPx?: Range;
}

const flatbed300: Scanner = {
  dpi: 300,
  mode: "grey",
  turnDeg: 0,
  skewDeg: 1.2,
  shiftMm: 2,
  stretch: [1, 1],
  borderMm: 0,
  lidLevel: 248,
  blurPx: 0.6,
  paperLevel: 246,
  blackLevel: 18,
  noise: 2,
  threshold: 150,
};

/** Presets; spread one to change a member: `{ ...SCANNERS.flatbed300, turnDeg: 180 }`. */
export const SCANNERS = {
  flatbed300,
  flatbed300Colour: { ...flatbed300, mode: "colour" },
  flatbed200: { ...flatbed300, dpi: 200 },
  flatbed150: { ...flatbed300, dpi: 150 },
  /** A feeder: more askew, a little stretched along its way. */
  feeder300: { ...flatbed300, skewDeg: 2.5, stretch: [1, 1.006], borderMm: 1, lidLevel: 40 },
  /** An office copier's 1-bit mode, as NIST's own pages were kept. */
  bilevel300: { ...flatbed300, mode: "bilevel", noise: 5 },
  /** An old office feeder that wants cleaning: uneven speed, slips, lines, dust, black around the page. */
  worn300: {
    ...flatbed300,
    skewDeg: 2.5,
    borderMm: 3,
    lidLevel: 8,
    shiftMm: 2,
    speedWave: { share: [0.004, 0.01], periodMm: [30, 120] },
    slips: { count: [0, 3], mm: [0.1, 0.4] },
    bowMm: [0, 0.5],
    streaks: { count: [1, 4], strength: [0.15, 0.7] },
    dust: [5, 60],
    shading: [0, 0.08],
    sharpen: { amount: [0.3, 1], px: [0.8, 1.4] },
  },
} as const satisfies Record<string, Scanner>;
