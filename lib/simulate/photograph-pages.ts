import { assertArgument } from "../core/assert.ts";
import type { Point } from "../core/geometry.ts";
import type { Rng } from "../core/rng.ts";
import { type Homography, homographyJacobian, invertHomography, solveHomography } from "../image/homography.ts";
import type { RgbImage } from "../image/images.ts";
import { type AimedCamera, aimCamera, type Place3 } from "./aim-camera.ts";
import { expose } from "./expose.ts";
import { buildLightField } from "./light-field.ts";
import { paintDesk } from "./paint-desk.ts";
import { type Canvas, PAPER_LEVEL, paintShadow, paintSheet } from "./paint-sheet.ts";
import { buildSurface } from "./paper-shape.ts";
import { DESKS, type Desk, type Range, type Scene, type Sheet } from "./scene.ts";
import { buildShadowMesh, buildSheetMesh, type LaidSheet, type Lamp, laySheet } from "./sheet-mesh.ts";
import { type Raster, softenPage, streakPage } from "./soften-page.ts";
import { toRaster } from "./to-raster.ts";

export interface PhotographedPage {
  /** Page px to picture px: shape, perspective and lens as drawn. */
  readonly project: (page: Point) => Point;
  /** The homography of the sheet as it would lie flat, without the lens: what a reader without a model of curl could find at best. */
  readonly pageToImage: Homography;
}

export interface SceneShot {
  readonly image: RgbImage;
  /** In the order of the sheets. */
  readonly pages: readonly PhotographedPage[];
  /** What was drawn from the scene's ranges. */
  readonly shot: {
    readonly tiltDeg: number;
    readonly turnDeg: number;
    readonly distortion: number;
    readonly blurPx: number;
    readonly desk: Desk;
  };
}

/** Gap between sheets that are given no place. */
const GAP_MM = 12;

/**
 * Photographs sheets of paper that lie on one desk, bent and folded as their shapes say, with one camera. In the order of the light's
 * way: desk, sheets with their shadows and shading, optics (defocus, motion), exposure (light, white balance, noise). JPEG is the caller's.
 * @param sheets later ones lie on top. @throws InkformError `invalid-argument` for no sheet, a tilt of 60 degrees or more, an
 *   impossible shape or a raster that is neither grey nor RGB.
 */
export function photographPages(sheets: readonly Sheet[], scene: Scene, rng: Rng): SceneShot {
  assertArgument(sheets.length > 0, "photographPages needs at least one sheet");
  const draw = (range: Range): number => rng.between(range[0], range[1]);
  const tiltDeg = draw(scene.tiltDeg);
  assertArgument(tiltDeg >= 0 && tiltDeg < 60, `a camera's tilt must be from 0 to 60 degrees, got ${tiltDeg}`);
  const turnDeg = draw(scene.turnDeg);
  const distortion = draw(scene.distortion);
  const laid = layOut(sheets);
  const outline = laid.flatMap(outlineSheet);
  const shift = draw(scene.frameShift ?? [0, 0]);
  const shiftAngle = rng.between(0, 2 * Math.PI);
  const camera = aimCamera(
    {
      widthPx: scene.widthPx,
      heightPx: scene.heightPx,
      tiltDeg,
      turnDeg,
      towardsDeg: rng.between(0, 360),
      fill: draw(scene.fill),
      distanceMm: scene.distance * Math.max(extent(outline, 0), extent(outline, 1)),
      distortion,
      room: [rng.between(0.25, 0.75), rng.between(0.25, 0.75)],
      shiftPx: [shift * scene.widthPx * Math.cos(shiftAngle), shift * scene.heightPx * Math.sin(shiftAngle)],
    },
    outline,
  );

  const canvas: Canvas = { width: scene.widthPx, height: scene.heightPx, data: new Uint8ClampedArray(scene.widthPx * scene.heightPx * 3) };
  const desk = chooseDesk(scene.desk, rng);
  paintDesk(canvas, desk, invertHomography(deskToImage(camera)), rng);
  const lamp = scene.lamp ? placeLamp(draw(scene.lamp.elevationDeg), draw(scene.lamp.ambient), rng) : null;
  // Black print reflects some light too: 14 of 255.
  const levels = Float32Array.from({ length: 257 }, (_, level) => (PAPER_LEVEL / 255) * (14 + (241 / 255) * Math.min(255, level)));
  const pages = sheets.map((sheet, i): PhotographedPage => {
    const lies = laid[i];
    const pageToImage = flatHomography(lies, camera);
    if (lamp) paintShadow(canvas, sheet.image, buildShadowMesh(lies, camera, lamp), 0.8 * (1 - lamp.ambient));
    paintSheet(canvas, againstAliasing(toRaster(sheet.image), pageToImage), buildSheetMesh(lies, camera, lamp), levels);
    return { pageToImage, project: (page) => camera.project(lies.place(page)) };
  });

  const blurPx = draw(scene.blurPx);
  const motionPx = draw(scene.motionPx);
  const motionAngle = rng.between(0, 2 * Math.PI);
  const seen = blurCanvas(canvas, blurPx, [motionPx * Math.cos(motionAngle), motionPx * Math.sin(motionAngle)]);
  const warmth = rng.between(-1, 1) * scene.tint;
  expose(seen, {
    paper: draw(scene.paperLevel),
    gains: [1 + warmth, 1 - 0.2 * Math.abs(warmth), 1 - warmth],
    light: buildLightField(
      scene.widthPx,
      scene.heightPx,
      { gradient: draw(scene.gradient), shadow: draw(scene.shadow), vignetting: scene.vignetting },
      rng,
    ),
    noise: scene.noise,
    rng,
  });
  return {
    image: { width: scene.widthPx, height: scene.heightPx, data: new Uint8Array(seen.data.buffer) },
    pages,
    shot: { tiltDeg, turnDeg, distortion, blurPx, desk },
  };
}

/** Puts each sheet on the desk; those without a place go side by side along x, all of them about the origin. */
function layOut(sheets: readonly Sheet[]): LaidSheet[] {
  const widths = sheets.map((sheet) => sheet.image.width / sheet.pxPerMm[0]);
  let left = -(widths.reduce((sum, width) => sum + width, 0) + GAP_MM * (sheets.length - 1)) / 2;
  return sheets.map((sheet, i) => {
    const heightMm = sheet.image.height / sheet.pxPerMm[1];
    const at = sheet.at ?? { xMm: left + widths[i] / 2, yMm: 0, turnDeg: 0 };
    left += widths[i] + GAP_MM;
    return laySheet(sheet, buildSurface(sheet.shape ?? [], widths[i], heightMm), at);
  });
}

/** Places along the sheet's edges and over it. */
function outlineSheet(sheet: LaidSheet): Place3[] {
  const places: Place3[] = [];
  for (let j = 0; j <= 12; j++) {
    for (let i = 0; i <= 12; i++) places.push(sheet.place({ x: (i / 12) * sheet.widthPx, y: (j / 12) * sheet.heightPx }));
  }
  return places;
}

function extent(places: readonly Place3[], axis: 0 | 1): number {
  const values = places.map((place) => place[axis]);
  return Math.max(...values) - Math.min(...values);
}

function chooseDesk(desk: Scene["desk"], rng: Rng): Desk {
  const dark: readonly Desk[] = ["wood", "darkWood", "slate", "mat"];
  const pick = desk === "any" ? DESKS[rng.int(DESKS.length)] : dark[rng.int(dark.length)];
  return desk === undefined || desk === "any" ? pick : desk;
}

function placeLamp(elevationDeg: number, ambient: number, rng: Rng): Lamp {
  const elevation = (elevationDeg * Math.PI) / 180;
  const azimuth = rng.between(0, 2 * Math.PI);
  return { towards: [Math.cos(elevation) * Math.cos(azimuth), Math.cos(elevation) * Math.sin(azimuth), Math.sin(elevation)], ambient };
}

const SQUARE = [
  { x: -100, y: -100 },
  { x: 100, y: -100 },
  { x: 100, y: 100 },
  { x: -100, y: 100 },
];

function deskToImage(camera: AimedCamera): Homography {
  return solveHomography(
    SQUARE,
    SQUARE.map(({ x, y }) => camera.pinhole([x, y, 0])),
  );
}

function flatHomography(sheet: LaidSheet, camera: AimedCamera): Homography {
  const corners = [
    { x: 0, y: 0 },
    { x: sheet.widthPx, y: 0 },
    { x: sheet.widthPx, y: sheet.heightPx },
    { x: 0, y: sheet.heightPx },
  ];
  return solveHomography(
    corners,
    corners.map((corner) => camera.pinhole(sheet.flat(corner))),
  );
}

/** Blurs a page that the picture shrinks by half of the coarser pixel. */
function againstAliasing(page: Raster, pageToImage: Homography): Raster {
  const [a, b, c, d] = homographyJacobian(pageToImage, { x: page.width / 2, y: page.height / 2 });
  const scale = Math.sqrt(Math.abs(a * d - b * c));
  return scale < 1 ? softenPage(page, 0.5 * Math.sqrt(1 / (scale * scale) - 1)) : page;
}

function blurCanvas(canvas: Canvas, sigma: number, [dx, dy]: readonly [number, number]): Canvas {
  const raster: Raster = { width: canvas.width, height: canvas.height, channels: 3, data: new Uint8Array(canvas.data.buffer) };
  const { data } = streakPage(softenPage(raster, sigma), dx, dy);
  return { width: canvas.width, height: canvas.height, data: new Uint8ClampedArray(data.buffer) };
}
