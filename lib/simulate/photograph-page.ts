import { assertArgument } from "../core/assert.ts";
import type { Point } from "../core/geometry.ts";
import type { Rng } from "../core/rng.ts";
import { applyHomography, type Homography, homographyJacobian, invertHomography, solveHomography } from "../image/homography.ts";
import type { GrayImage, RgbImage } from "../image/images.ts";
import { distort } from "./aim-camera.ts";
import type { Camera } from "./cameras.ts";
import { buildLightField } from "./light-field.ts";
import { renderView } from "./render-view.ts";
import { softenPage, streakPage } from "./soften-page.ts";
import { toRaster } from "./to-raster.ts";

/** Desks: wood, dark wood, slate, green mat. All darker than paper. */
const DESKS: readonly (readonly [number, number, number])[] = [
  [112, 84, 58],
  [70, 50, 38],
  [64, 68, 74],
  [48, 72, 60],
];

export interface Photograph {
  readonly image: RgbImage;
  /** Page px to picture px, without the lens's distortion. */
  readonly pageToImage: Homography;
  /** Page px to picture px, lens included. */
  readonly project: (page: Point) => Point;
  /** What was drawn from the camera's ranges. */
  readonly shot: { readonly tiltDeg: number; readonly turnDeg: number; readonly distortion: number; readonly blurPx: number };
}

/**
 * Photographs a page that lies flat on a desk with a hand-held camera: perspective, any turn, lens, uneven light, a soft shadow,
 * defocus, motion, noise, white balance. JPEG is the caller's. The whole page is in the frame.
 * @param page grey or RGB, the whole page, at any dpi (its proportions count).
 * @throws InkformError `invalid-argument` for a raster that is neither grey nor RGB.
 */
export function photographPage(page: GrayImage | RgbImage, camera: Camera, rng: Rng): Photograph {
  const raster = toRaster(page);
  const draw = (range: readonly [number, number]): number => rng.between(range[0], range[1]);
  const tiltDeg = draw(camera.tiltDeg);
  const turnDeg = draw(camera.turnDeg);
  const distortion = draw(camera.distortion);
  const blurPx = draw(camera.blurPx);
  assertArgument(tiltDeg >= 0 && tiltDeg < 60, `a camera's tilt must be from 0 to 60 degrees, got ${tiltDeg}`);
  const pageToImage = placePage(page, camera, { tiltDeg, turnDeg, towardsDeg: rng.between(0, 360), fill: draw(camera.fill), rng });
  const lens = distortion === 0 ? null : { k: distortion, radiusPx: Math.hypot(camera.widthPx, camera.heightPx) / 2 };

  // The optics' blur is laid on the page before it is projected: cheaper, and no different at the scale of strokes.
  const [a, b, c, d] = homographyJacobian(pageToImage, { x: page.width / 2, y: page.height / 2 });
  const imagePxPerPagePx = Math.sqrt(Math.abs(a * d - b * c));
  // Shrinking needs a blur of its own against aliasing: half of the coarser pixel.
  const shrinking = imagePxPerPagePx < 1 ? 0.5 * Math.sqrt(1 / (imagePxPerPagePx * imagePxPerPagePx) - 1) : 0;
  const motion = draw(camera.motionPx) / imagePxPerPagePx;
  const motionAngle = rng.between(0, 2 * Math.PI);
  const soft = softenPage(raster, Math.hypot(blurPx / imagePxPerPagePx, shrinking));
  const seen = streakPage(soft, motion * Math.cos(motionAngle), motion * Math.sin(motionAngle));

  const paper = draw(camera.paperLevel) / 255;
  const desk = DESKS[rng.int(DESKS.length)];
  const warmth = rng.between(-1, 1) * camera.tint;
  const data = renderView(seen, {
    widthPx: camera.widthPx,
    heightPx: camera.heightPx,
    channels: 3,
    imageToPage: invertHomography(pageToImage),
    lens,
    // Black print reflects some light too.
    levels: Float32Array.from({ length: 257 }, (_, level) => paper * (14 + (241 / 255) * Math.min(255, level))),
    gains: [1 + warmth, 1 - 0.2 * Math.abs(warmth), 1 - warmth],
    light: buildLightField(
      camera.widthPx,
      camera.heightPx,
      { gradient: draw(camera.gradient), shadow: draw(camera.shadow), vignetting: camera.vignetting },
      rng,
    ),
    noise: camera.noise,
    background: { rgb: [desk[0] * paper, desk[1] * paper, desk[2] * paper], texture: 0.5, grainPx: camera.heightPx / 900 },
    rng,
  });
  return {
    image: { width: camera.widthPx, height: camera.heightPx, data },
    pageToImage,
    project: (point) => distort(applyHomography(pageToImage, point), camera, distortion),
    shot: { tiltDeg, turnDeg, distortion, blurPx },
  };
}

interface Pose {
  readonly tiltDeg: number;
  readonly turnDeg: number;
  /** Direction in which the camera is tilted, in the picture. */
  readonly towardsDeg: number;
  readonly fill: number;
  readonly rng: Rng;
}

/** A pinhole's view of the page's plane: turn, tilt, perspective division, then scale and shift so that the page fills the frame. */
function placePage(page: GrayImage | RgbImage, camera: Camera, pose: Pose): Homography {
  const radians = Math.PI / 180;
  const [ct, st] = [Math.cos(pose.turnDeg * radians), Math.sin(pose.turnDeg * radians)];
  const [ca, sa] = [Math.cos(pose.towardsDeg * radians), Math.sin(pose.towardsDeg * radians)];
  const [cosTilt, sinTilt] = [Math.cos(pose.tiltDeg * radians), Math.sin(pose.tiltDeg * radians)];
  const distance = camera.distance * Math.max(page.width, page.height);
  const corners = [
    { x: 0, y: 0 },
    { x: page.width, y: 0 },
    { x: page.width, y: page.height },
    { x: 0, y: page.height },
  ];
  const seen = corners.map(({ x, y }) => {
    const dx = x - page.width / 2;
    const dy = y - page.height / 2;
    const turnedX = dx * ct - dy * st;
    const turnedY = dx * st + dy * ct;
    // Along the tilt's direction the plane recedes; across it nothing changes.
    const along = turnedX * ca + turnedY * sa;
    const across = turnedY * ca - turnedX * sa;
    const depth = distance + along * sinTilt;
    const shortened = along * cosTilt;
    return { x: (shortened * ca - across * sa) / depth, y: (shortened * sa + across * ca) / depth };
  });
  const xs = seen.map((p) => p.x);
  const ys = seen.map((p) => p.y);
  const [minX, maxX, minY, maxY] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = pose.fill * Math.min(camera.widthPx / (maxX - minX), camera.heightPx / (maxY - minY));
  // The page need not be in the middle: half of the room that is left is used.
  const offX = (camera.widthPx - scale * (maxX - minX)) * pose.rng.between(0.25, 0.75) - scale * minX;
  const offY = (camera.heightPx - scale * (maxY - minY)) * pose.rng.between(0.25, 0.75) - scale * minY;
  return solveHomography(
    corners,
    seen.map((p) => ({ x: p.x * scale + offX, y: p.y * scale + offY })),
  );
}
