/** A hand-held camera over a page on a desk. Ranges are drawn uniformly for each shot. */
export interface Camera {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Angle between the optical axis and the page's normal, in a random direction: least and most. */
  readonly tiltDeg: readonly [number, number];
  /** Turn of the page in the picture, clockwise: least and most. */
  readonly turnDeg: readonly [number, number];
  /** Share of the frame that the page spans in the direction where it is tightest. */
  readonly fill: readonly [number, number];
  /** Distance over the page's height: less is a stronger perspective. */
  readonly distance: number;
  /** Radial distortion: a point at the corner of the frame is moved inwards by about this share of its distance from the centre. */
  readonly distortion: readonly [number, number];
  /** Standard deviation of the defocus in picture px. */
  readonly blurPx: readonly [number, number];
  /** Length of the motion streak in picture px, in a random direction. */
  readonly motionPx: readonly [number, number];
  /** Brightness of white paper, 0 to 255. */
  readonly paperLevel: readonly [number, number];
  /** Fall of the light from one side of the frame to the other, as a share. */
  readonly gradient: readonly [number, number];
  /** Depth of one soft shadow (a hand, the phone), as a share. */
  readonly shadow: readonly [number, number];
  /** Fall of the light from the centre to the corners, as a share. */
  readonly vignetting: number;
  /** Standard deviation of the sensor's noise on white paper, in levels. */
  readonly noise: number;
  /** Most that a channel's gain differs from 1 (white balance). */
  readonly tint: number;
}

const phone: Camera = {
  widthPx: 3000,
  heightPx: 4000,
  tiltDeg: [0, 15],
  turnDeg: [-8, 8],
  fill: [0.86, 0.95],
  distance: 1.2,
  distortion: [-0.004, 0.008],
  blurPx: [0.6, 1.1],
  motionPx: [0, 1.5],
  paperLevel: [185, 225],
  gradient: [0.05, 0.25],
  shadow: [0, 0.25],
  vignetting: 0.15,
  noise: 3,
  tint: 0.05,
};

/** Presets; spread one to change a member: `{ ...CAMERAS.phone, tiltDeg: [25, 35] }`. */
export const CAMERAS = {
  /** An ordinary shot in daylight, 12 megapixels. */
  phone,
  /** In the evening: darker, noisier, softer, with a deep shadow. */
  phoneDim: {
    ...phone,
    blurPx: [0.9, 1.6],
    motionPx: [0.5, 3],
    paperLevel: [110, 160],
    gradient: [0.2, 0.45],
    shadow: [0.2, 0.45],
    noise: 7,
    tint: 0.12,
  },
  /** From a chair: far from straight above. */
  phoneTilted: { ...phone, tiltDeg: [22, 35], turnDeg: [-15, 15] },
  /** In any turn, 0 to 360 degrees. */
  phoneTurned: { ...phone, turnDeg: [0, 360], fill: [0.82, 0.92] },
  /** 8 megapixels, as older phones have. */
  phone8: { ...phone, widthPx: 2448, heightPx: 3264 },
  /** No distortion, blur, noise or shade: what is left is the perspective. For tests of geometry. */
  pinhole: {
    ...phone,
    widthPx: 2448,
    heightPx: 3264,
    distortion: [0, 0],
    blurPx: [0, 0],
    motionPx: [0, 0],
    paperLevel: [240, 240],
    gradient: [0, 0],
    shadow: [0, 0],
    vignetting: 0,
    noise: 0,
    tint: 0,
  },
} as const satisfies Record<string, Camera>;
