import { assertArgument } from "../core/assert.ts";
import type { Point } from "../core/geometry.ts";
import type { Rng } from "../core/rng.ts";
import { type Homography, homographyJacobian } from "../image/homography.ts";
import type { RgbImage } from "../image/images.ts";
import { aimCamera, type Place3 } from "./aim-camera.ts";
import { buildThing, scatterThings } from "./desk-things.ts";
import { developPicture } from "./develop-picture.ts";
import { flatHomography, layOutSheets, outlineSheet } from "./lay-out-sheets.ts";
import { loseCorners } from "./lost-corners.ts";
import { paintDesk } from "./paint-desk.ts";
import { paintScreen } from "./paint-screen.ts";
import { type Canvas, PAPER_LEVEL, paintShadow, paintSheet } from "./paint-sheet.ts";
import { paintThing } from "./paint-thing.ts";
import { DESKS, type Desk, type Range, type Scene, type Sheet } from "./scene.ts";
import { buildShadowMesh, buildSheetMesh, type LaidSheet, type Lamp } from "./sheet-mesh.ts";
import { type Raster, softenPage } from "./soften-page.ts";
import { toRaster } from "./to-raster.ts";
import { viewDesk } from "./view-desk.ts";

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

/**
 * Photographs sheets of paper that lie on one desk, bent and folded as their shapes say, with one camera. In the order of the light's
 * way: desk and what lies on it, sheets with their shadows and shading, things over them; then `developPicture`. JPEG is the caller's.
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
  const laid = layOutSheets(sheets);
  const outline = laid.flatMap(outlineSheet);
  const size = Math.max(extent(outline, 0), extent(outline, 1));
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
      distanceMm: scene.distance * size,
      distortion,
      room: [rng.between(0.25, 0.75), rng.between(0.25, 0.75)],
      shiftPx: [shift * scene.widthPx * Math.cos(shiftAngle), shift * scene.heightPx * Math.sin(shiftAngle)],
    },
    outline,
  );

  const canvas: Canvas = { width: scene.widthPx, height: scene.heightPx, data: new Uint8ClampedArray(scene.widthPx * scene.heightPx * 3) };
  const desk = chooseDesk(scene.desk, rng);
  const lamp = scene.lamp ? placeLamp(draw(scene.lamp.elevationDeg), draw(scene.lamp.ambient), rng) : null;
  const view = viewDesk(camera, lamp, scene, distortion);
  paintDesk(canvas, desk, view.imageToDesk, rng);
  if (scene.clutter) {
    const clear = laid.map((sheet) => keepClear(sheet));
    for (const thing of scatterThings(Math.round(draw(scene.clutter)), 0.8 * size, clear, rng)) paintThing(canvas, thing, view);
  }
  // Black print reflects some light too, 14 of 255; a screen's black glows and mirrors the room.
  const black = scene.screen ? 26 : 14;
  const levels = Float32Array.from({ length: 257 }, (_, i) => (PAPER_LEVEL / 255) * (black + ((255 - black) / 255) * Math.min(255, i)));
  const grid = scene.screen && { pitchMm: draw(scene.screen.pitchMm), contrast: draw(scene.screen.contrast) };
  const pages = sheets.map((sheet, i): PhotographedPage => {
    const lies = laid[i];
    const pageToImage = flatHomography(lies, camera);
    const mesh = buildSheetMesh(lies, camera, grid ? null : lamp);
    if (grid) {
      paintScreen(canvas, toRaster(sheet.image), mesh, levels, { pitchPx: grid.pitchMm * sheet.pxPerMm[0], contrast: grid.contrast });
    } else {
      if (lamp) paintShadow(canvas, sheet.image, buildShadowMesh(lies, camera, lamp), 0.8 * (1 - lamp.ambient));
      const { page, remains } = loseCorners(toRaster(sheet.image), sheet.pxPerMm, sheet.corners ?? [], rng);
      paintSheet(canvas, againstAliasing(page, pageToImage), mesh, levels, remains);
    }
    for (const cover of sheet.covers ?? []) {
      const [xMm, yMm] = lies.place({ x: cover.atMm.x * sheet.pxPerMm[0], y: cover.atMm.y * sheet.pxPerMm[1] });
      const lieDeg = cover.turnDeg === undefined ? rng.between(0, 360) : cover.turnDeg + (sheet.at?.turnDeg ?? 0);
      paintThing(canvas, buildThing(cover.kind, { xMm, yMm, turnDeg: lieDeg }, rng), view);
    }
    return { pageToImage, project: (page) => camera.project(lies.place(page)) };
  });

  const { data, blurPx } = developPicture(canvas, scene, rng);
  return {
    image: { width: scene.widthPx, height: scene.heightPx, data },
    pages,
    shot: { tiltDeg, turnDeg, distortion, blurPx, desk },
  };
}

function extent(places: readonly Place3[], axis: 0 | 1): number {
  const values = places.map((place) => place[axis]);
  return Math.max(...values) - Math.min(...values);
}

/** A circle about the sheet from whose outside a thing of middling size does not reach it often. */
function keepClear(sheet: LaidSheet): { x: number; y: number; r: number } {
  const [x, y] = sheet.flat({ x: sheet.widthPx / 2, y: sheet.heightPx / 2 });
  return { x, y, r: 0.45 * Math.hypot(sheet.widthPx / sheet.pxPerMm[0], sheet.heightPx / sheet.pxPerMm[1]) };
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

/** Blurs a page that the picture shrinks by half of the coarser pixel. */
function againstAliasing(page: Raster, pageToImage: Homography): Raster {
  const [a, b, c, d] = homographyJacobian(pageToImage, { x: page.width / 2, y: page.height / 2 });
  const scale = Math.sqrt(Math.abs(a * d - b * c));
  return scale < 1 ? softenPage(page, 0.5 * Math.sqrt(1 / (scale * scale) - 1)) : page;
}
