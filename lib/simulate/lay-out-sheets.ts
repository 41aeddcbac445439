import { type Homography, solveHomography } from "../image/homography.ts";
import type { AimedCamera, Place3 } from "./aim-camera.ts";
import { buildSurface } from "./paper-shape.ts";
import type { Sheet } from "./scene.ts";
import { type LaidSheet, laySheet } from "./sheet-mesh.ts";

/** Gap between sheets that are given no place. */
const GAP_MM = 12;

/** Puts each sheet on the desk; those without a place go side by side along x, all of them about the origin. */
export function layOutSheets(sheets: readonly Sheet[]): LaidSheet[] {
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
export function outlineSheet(sheet: LaidSheet): Place3[] {
  const places: Place3[] = [];
  for (let j = 0; j <= 12; j++) {
    for (let i = 0; i <= 12; i++) places.push(sheet.place({ x: (i / 12) * sheet.widthPx, y: (j / 12) * sheet.heightPx }));
  }
  return places;
}

/** Page px to picture px of the sheet as it would lie flat, without the lens. */
export function flatHomography(sheet: LaidSheet, camera: AimedCamera): Homography {
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
