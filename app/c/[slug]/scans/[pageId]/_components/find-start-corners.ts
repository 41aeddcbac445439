import { buildPageFrame } from "../../../../../../lib/card/page-frame.ts";
import type { PageView } from "../../../../../../lib/contracts/scans.ts";
import type { Point } from "../../../../../../lib/core/geometry.ts";
import { applyHomography, solveHomography } from "../../../../../../lib/image/homography.ts";
import type { GrayImage } from "../../../../../../lib/image/images.ts";
import { findFiducials } from "../../../../../../lib/page/find-fiducials.ts";
import { groupMarks } from "../../../../../../lib/page/group-marks.ts";
import { guessCorners } from "../../../../../../lib/page/guess-corners.ts";
import { pageOfTypedCode } from "../../../../../../lib/page/page-of-typed-code.ts";
import type { HandCorners } from "../../../../../../lib/page/register-by-hand.ts";

/** Four points in scan px to start from: what was said before, where the page was placed, the marks that can be found in its picture, or the picture's corners. */
export async function findStartCorners(page: PageView): Promise<HandCorners> {
  const said = page.byHand?.corners?.map(([x, y]): Point => ({ x, y }));
  if (said !== undefined) return [said[0], said[1], said[2], said[3]];
  const placed = page.state === "read" ? cornersOfReading(page) : null;
  if (placed !== null) return placed;
  const { fiducials } = buildPageFrame("a4", "");
  const size = { width: page.widthPx, height: page.heightPx };
  const picture = await loadGray(`/api/pages/${page.id}/image`);
  const scale = page.widthPx / picture.width;
  const groups = groupMarks(findFiducials(picture));
  const marks = (groups[page.part - 1] ?? groups[0] ?? []).map((mark) => {
    const [a, b, c, d] = mark.corners.map(({ x, y }): Point => ({ x: x * scale, y: y * scale }));
    return { ...mark, corners: [a, b, c, d] as const };
  });
  return guessCorners(marks, fiducials, size);
}

/** The marks of a page that was read, as its fields lie; null for a page that is no card of this program. */
function cornersOfReading({ card, cardPage, fields }: PageView): HandCorners | null {
  if (card === null) return null;
  const layout = pageOfTypedCode(card).card.pages[(cardPage ?? 1) - 1];
  const from: Point[] = [];
  const to: Point[] = [];
  for (const { name, outline } of fields) {
    const box = layout.fields.find((field) => field.name === name)?.box;
    if (box === undefined || outline.length !== 4) continue;
    const [x, y, w, h] = box;
    from.push({ x, y }, { x: x + w, y }, { x: x + w, y: y + h }, { x, y: y + h });
    to.push(...outline.map(([px, py]): Point => ({ x: px, y: py })));
  }
  if (from.length < 4) return null;
  const map = solveHomography(from, to);
  const [a, b, c, d] = [...layout.fiducials].sort((p, q) => p.id - q.id).map(({ xMm, yMm }) => applyHomography(map, { x: xMm, y: yMm }));
  return [a, b, c, d];
}

async function loadGray(url: string): Promise<GrayImage> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("This browser gives no canvas to look for the marks on.");
  context.drawImage(image, 0, 0);
  const rgba = context.getImageData(0, 0, width, height).data;
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = (rgba[4 * i] * 77 + rgba[4 * i + 1] * 150 + rgba[4 * i + 2] * 29) >> 8;
  return { width, height, data };
}
