/** A scanner. Ranges are drawn uniformly for each page. */
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
} as const satisfies Record<string, Scanner>;
