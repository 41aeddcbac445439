import { applyHomography, type Homography, invertHomography, solveHomography } from "../image/homography.ts";
import type { AimedCamera } from "./aim-camera.ts";
import type { DeskView } from "./paint-thing.ts";
import type { Lamp } from "./sheet-mesh.ts";

const SQUARE = [
  { x: -100, y: -100 },
  { x: 100, y: -100 },
  { x: 100, y: 100 },
  { x: -100, y: 100 },
];

/** How the desk's plane lies in the picture of `frame`'s size whose lens has `distortion`. */
export function viewDesk(
  camera: AimedCamera,
  lamp: Lamp | null,
  frame: { widthPx: number; heightPx: number },
  distortion: number,
): DeskView & { imageToDesk: Homography } {
  const deskToImage = solveHomography(
    SQUARE,
    SQUARE.map(({ x, y }) => camera.pinhole([x, y, 0])),
  );
  const imageToDesk = invertHomography(deskToImage);
  const [cx, cy] = [frame.widthPx / 2, frame.heightPx / 2];
  const k = distortion / (cx * cx + cy * cy);
  return {
    imageToDesk,
    toImage: (xMm, yMm) => camera.project([xMm, yMm, 0]),
    toDesk: (x, y) => {
      const bulge = 1 + k * ((x - cx) ** 2 + (y - cy) ** 2);
      const p = applyHomography(imageToDesk, { x: cx + (x - cx) * bulge, y: cy + (y - cy) * bulge });
      return [p.x, p.y];
    },
    pxPerMm: camera.pxPerMm,
    shadow: lamp ? [-lamp.towards[0] / lamp.towards[2], -lamp.towards[1] / lamp.towards[2]] : null,
  };
}
